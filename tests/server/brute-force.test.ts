/** Guessing, with limits on: however the tries are spread, no more of them are looked at than may be. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeLimits } from '#server/limits/limit.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { codeOf, currentStep, wrongCodes } from '../support/authenticator.ts';
import { addMember, enrol, freshSession, outcomes, signIn, type Enrolled } from '../support/members.ts';

const quits = await startTestApp({ work: false });
const { db } = quits.app;
const limits = makeLimits({ rateLimits: true }, db);
const app = { ...quits.app, limits };
const quarter = 15 * 60_000;

let ana: Enrolled;
beforeEach(async () => {
	ana = await enrol(quits.app, await addMember(quits.app, 'Ana'));
});
afterEach(async () => {
	vi.useRealTimers();
	await db.rateLimit.deleteMany();
});

/** Every try from somewhere else, as from many hacked machines. */
const from = (n: number) => ({ address: `198.51.${Math.floor(n / 250)}.${(n % 250) + 1}` });

const setClock = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: ms });

test('of codes guessed one after the other, five are looked at in a quarter of an hour', async () => {
	const began = Date.now();
	for (const [n, otp] of wrongCodes(ana.secret, 20).entries()) {
		const said = await refusal(signIn(app, ana, { otp }, from(n)));
		expect(said.reason).toBe(n < 5 ? 'bad_code' : 'rate_limited');
	}
	// The right one is not looked at either, nor a recovery code: the guesser must not learn that it was right.
	const right = [{ otp: codeOf(ana.secret) }, { recoveryCode: ana.recoveryCodes[0] }];
	for (const factor of right) {
		const said = await refusal(signIn(app, ana, factor, from(100)));
		expect(said).toMatchObject({ code: 'RATE_LIMITED', httpStatus: 429 });
		expect(Number(said.params['seconds'])).toBeGreaterThan(14 * 60);
		expect(Number(said.params['seconds'])).toBeLessThanOrEqual(15 * 60);
	}
	setClock(began + quarter - 1000);
	expect(await refusal(signIn(app, ana, right[0], from(101)))).toMatchObject({ reason: 'rate_limited' });
	setClock(Date.now() + quarter);
	expect(await signIn(app, ana, { otp: codeOf(ana.secret) }, from(102))).toMatchObject({ status: 'ok' });
});

test('of a hundred codes guessed at once, five are looked at', async () => {
	const tries = wrongCodes(ana.secret, 100).map((otp, n) => signIn(app, ana, { otp }, from(n)));
	expect(await outcomes(tries)).toEqual({ bad_code: 5, rate_limited: 95 });
});

test('every way of showing a second factor draws on the same five', async () => {
	const [one, two, three, four] = wrongCodes(ana.secret, 4);
	const { api } = { api: apiOf(app, { token: ana.token }) };
	await api.auth.mfa.begin.mutate();
	const said = [
		await refusal(signIn(app, ana, { otp: one }, from(1))),
		await refusal(signIn(app, ana, { recoveryCode: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA' }, from(2))),
		await refusal(api.auth.stepUp.mutate({ otp: two })),
		await refusal(api.auth.stepUp.mutate({ recoveryCode: 'BBBB' })),
		await refusal(api.auth.mfa.confirm.mutate({ otp: three! })),
		await refusal(api.auth.mfa.confirm.mutate({ otp: four! })),
		await refusal(signIn(app, ana, { otp: codeOf(ana.secret) }, from(3)))
	];
	expect(said.map(({ reason }) => reason)).toEqual([
		...Array<string>(5).fill('bad_code'),
		...Array<string>(2).fill('rate_limited')
	]);
});

test('one call with several guesses in it is one try, and tries one of each kind at most', async () => {
	const wrong = { otp: '12345678', recoveryCode: 'CCCC' };
	for (let n = 0; n < 5; n++) {
		expect(await refusal(signIn(app, ana, wrong, from(n)))).toMatchObject({ reason: 'bad_code' });
	}
	expect(await refusal(signIn(app, ana, wrong, from(9)))).toMatchObject({ reason: 'rate_limited' });
});

test('a restart forgets nothing, and another process knows of it', async () => {
	const codes = wrongCodes(ana.secret, 8);
	for (const [n, otp] of codes.slice(0, 3).entries()) await refusal(signIn(app, ana, { otp }, from(n)));
	const restarted = { ...quits.app, limits: makeLimits({ rateLimits: true }, db) };
	const reasons = [];
	for (const [n, otp] of codes.slice(3).entries()) {
		const where = n % 2 === 0 ? restarted : app;
		reasons.push((await refusal(signIn(where, ana, { otp }, from(10 + n)))).reason);
	}
	expect(reasons).toEqual(['bad_code', 'bad_code', 'rate_limited', 'rate_limited', 'rate_limited']);
});

test('of passwords guessed from one place for one account, five are looked at, at once too', async () => {
	const ben = await addMember(quits.app, 'Ben');
	const guess = (n: number, address = '198.51.100.7') =>
		apiOf(app, { address }).auth.login.mutate({ email: ben.email, password: `wrong guess number ${n}` });
	const tries = Array.from({ length: 7 }, (_, n) => guess(n));
	expect(await outcomes(tries)).toEqual({ bad_credentials: 5, rate_limited: 2 });
	expect(await refusal(signIn(app, ben, {}, { address: '198.51.100.7' }))).toMatchObject({
		reason: 'rate_limited'
	});
	// Its person is not shut out elsewhere, and neighbours are not shut out here.
	expect(await signIn(app, ben, {}, { address: '203.0.113.5' })).toMatchObject({ status: 'ok' });
	const cleo = await addMember(quits.app, 'Cleo');
	expect(await signIn(app, cleo, {}, { address: '198.51.100.7' })).toMatchObject({ status: 'ok' });
});

test('from one address ten accounts can be tried, then one a minute; a household’s IPv6 is one address', async () => {
	const tries = Array.from({ length: 14 }, (_, n) =>
		apiOf(app, { address: `2001:db8:7:7::${n + 1}` }).auth.login.mutate({
			email: `nobody-${n}@example.org`,
			password: 'guess'
		})
	);
	expect(await outcomes(tries)).toEqual({ bad_credentials: 10, rate_limited: 4 });
	setClock(Date.now() + 61_000);
	expect(
		await signIn(app, await addMember(quits.app, 'Ben'), {}, { address: '2001:db8:7:7::99' })
	).toMatchObject({
		status: 'ok'
	});
});

test('whoever shows the right thing is never held up by having shown it often', async () => {
	const ben = await addMember(quits.app, 'Ben');
	const here = { address: '198.51.100.8' };
	for (let n = 0; n < 15; n++) expect(await signIn(app, ben, {}, here)).toMatchObject({ status: 'ok' });
	for (let n = 0; n < 15; n++) expect(await signIn(app, ana, {}, here)).toEqual({ status: 'mfa_required' });
	for (let n = 0; n < 8; n++) {
		await db.authenticator.update({ where: { userId: ana.id }, data: { lastStep: 0 } });
		expect(await signIn(app, ana, { otp: codeOf(ana.secret, currentStep()) }, here)).toMatchObject({
			status: 'ok'
		});
	}
});

test('somebody signed in guesses their password five times at most', async () => {
	const ben = await addMember(quits.app, 'Ben');
	const api = apiOf(app, { token: ben.token });
	const tries = Array.from({ length: 8 }, (_, n) => api.auth.stepUp.mutate({ password: `guess ${n}` }));
	expect(await outcomes(tries)).toEqual({ bad_password: 5, rate_limited: 3 });
	const change = api.auth.changePassword.mutate({ current: 'guess', next: 'seven red kites over a harbour' });
	expect(await refusal(change)).toMatchObject({ reason: 'rate_limited' });
	const other = await freshSession(app, ben.id);
	expect(await refusal(other.api.auth.stepUp.mutate({ password: 'guess' }))).toMatchObject({
		reason: 'rate_limited'
	});
});

test('what somebody signed in does is counted per call: 600, then ten a second', async () => {
	const ben = await addMember(quits.app, 'Ben');
	const api = apiOf(app, { token: ben.token });
	const counts = await outcomes(Array.from({ length: 640 }, () => api.auth.me.query()));
	expect(counts['ok']).toBeGreaterThanOrEqual(600);
	expect(counts['rate_limited']).toBeGreaterThan(0);
});
