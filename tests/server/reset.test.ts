import { afterEach, expect, test } from 'vitest';
import { inTx } from '#server/db/client.ts';
import { newEmailToken } from '#server/auth/email-token.ts';
import { makeLimits } from '#server/limits/limit.ts';
import { apiOf, refusal, registered } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { connectLive } from '../support/live.ts';
import { keptMails, tokenIn } from '../support/mailbox.ts';

const quits = await startTestApp({ env: { PUBLIC_URL: 'https://quits.example.org' } });
const { app } = quits;
const visitor = apiOf(app);
const limited = apiOf({ ...app, limits: makeLimits({ rateLimits: true }, app.db) });
const old = 'nine blue lamps in a row';
const password = 'seven otters cross rivers';
const ana = { email: 'ana@example.org', name: 'Ana', password: old };
const secrets: string[] = [old, password];

afterEach(async () => {
	await app.queue.idle();
	await app.db.user.deleteMany();
	await app.db.setup.deleteMany();
	await app.db.mail.deleteMany();
	await app.db.rateLimit.deleteMany();
});

const signUp = () => registered(visitor.auth.register.mutate(ana));
const resetMails = async (to = ana.email) =>
	(await keptMails(app, to)).filter(({ kind }) => kind === 'reset');

/** Asks for a link and returns its token, as its person finds it in the mail. */
async function askForLink(): Promise<string> {
	await visitor.auth.requestReset.mutate({ email: ana.email });
	const token = tokenIn((await resetMails()).at(-1)?.body);
	secrets.push(token);
	return token;
}

test('a mailed link sets a new password, confirms the address, and signs nobody in', async () => {
	const { user } = await signUp();
	expect(user).toMatchObject({ emailVerified: false });
	const token = await askForLink();
	expect((await resetMails())[0]!.body).toContain(`https://quits.example.org/reset#${token}\n`);
	expect(await visitor.auth.reset.mutate({ token, password })).toEqual({ ok: true });
	const answer = await visitor.auth.login.mutate({ email: ana.email, password });
	expect(answer).toMatchObject({ status: 'ok', user: { emailVerified: true } });
	expect(await refusal(visitor.auth.login.mutate({ email: ana.email, password: old }))).toMatchObject({
		reason: 'bad_credentials'
	});
	expect((await keptMails(app, ana.email)).map(({ kind }) => kind)).toContain('password_changed');
});

test('known and unknown addresses get the same answer, and only the known one a mail', async () => {
	await signUp();
	const known = await visitor.auth.requestReset.mutate({ email: ' ANA@example.org' });
	const unknown = await visitor.auth.requestReset.mutate({ email: 'nobody@example.org' });
	expect(known).toEqual(unknown);
	expect(await resetMails()).toHaveLength(1);
	expect(await keptMails(app, 'nobody@example.org')).toEqual([]);
	const none = { token: 'no such token', password };
	expect(await refusal(visitor.auth.reset.mutate(none))).toMatchObject({
		code: 'INVALID',
		reason: 'link_invalid'
	});
});

test('of twenty uses of one link at the same time, exactly one works', async () => {
	await signUp();
	const token = await askForLink();
	const passwords = Array.from({ length: 20 }, (_, n) => `${password} number ${n}`);
	const answers = await Promise.allSettled(
		passwords.map((one) => visitor.auth.reset.mutate({ token, password: one }))
	);
	const won = answers.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
	expect(won).toHaveLength(1);
	for (const answer of answers) {
		if (answer.status === 'fulfilled') continue;
		expect(await refusal(Promise.reject(answer.reason))).toMatchObject({ reason: 'link_invalid' });
	}
	const answer = await visitor.auth.login.mutate({ email: ana.email, password: passwords[won[0]!]! });
	expect(answer.status).toBe('ok');
	expect((await keptMails(app, ana.email)).filter(({ kind }) => kind === 'password_changed')).toHaveLength(1);
});

test('a newer link replaces the older ones, also when both are asked for at once', async () => {
	await signUp();
	const older = await askForLink();
	const newer = await askForLink();
	expect(await refusal(visitor.auth.reset.mutate({ token: older, password }))).toMatchObject({
		reason: 'link_invalid'
	});
	await Promise.all([1, 2, 3, 4].map(() => visitor.auth.requestReset.mutate({ email: ana.email })));
	const mails = await resetMails();
	expect(mails).toHaveLength(6);
	expect(await app.db.emailToken.count({ where: { purpose: 'reset' } })).toBe(1);
	expect(await refusal(visitor.auth.reset.mutate({ token: newer, password }))).toMatchObject({
		reason: 'link_invalid'
	});
});

test('a link that has run out, is for something else, or belongs to somebody disabled opens nothing', async () => {
	const { user } = await signUp();
	const make = (purpose: 'reset' | 'verify', now?: Date) =>
		inTx(app.db, (tx) => newEmailToken(tx, user.id, purpose, now));
	const refused = async (token: string) =>
		expect(await refusal(visitor.auth.reset.mutate({ token, password }))).toMatchObject({
			reason: 'link_invalid'
		});
	await refused(await make('reset', new Date(Date.now() - 30 * 60_000)));
	await refused(await make('verify'));
	const good = await make('reset');
	await app.db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
	await refused(good);
	await visitor.auth.requestReset.mutate({ email: ana.email });
	expect(await resetMails()).toEqual([]);
	await app.db.user.update({ where: { id: user.id }, data: { disabledAt: null } });
	expect(await visitor.auth.reset.mutate({ token: good, password })).toEqual({ ok: true });
});

test('a weak password is refused and leaves the link as it is', async () => {
	await signUp();
	const token = await askForLink();
	expect(await refusal(visitor.auth.reset.mutate({ token, password: 'password1234' }))).toMatchObject({
		code: 'INVALID',
		fields: { password: 'password_common' }
	});
	expect(await visitor.auth.reset.mutate({ token, password })).toEqual({ ok: true });
});

test('a reset ends every session, socket and API token of the person within a second, and nobody else’s', async () => {
	const { token: session, user } = await signUp();
	const ben = await quits.meet('Ben');
	const live = await connectLive(quits.url, { token: session });
	await app.db.apiToken.create({
		data: { id: 'one', userId: user.id, name: 'script', tokenHash: 'hash', hint: 'hint', scopes: 'read' }
	});
	const token = await askForLink();
	const started = performance.now();
	await visitor.auth.reset.mutate({ token, password });
	const answered = performance.now();
	expect((await live.closed) - answered).toBeLessThan(1000);
	expect(started).toBeLessThan(answered);
	expect(await refusal(apiOf(app, { token: session }).auth.me.query())).toMatchObject({
		reason: 'signed_out'
	});
	await expect(connectLive(quits.url, { token: session })).rejects.toThrow('signed_out');
	expect(await app.db.apiToken.count()).toBe(0);
	expect(ben.live.socket.connected).toBe(true);
	expect(await ben.api.auth.me.query()).toMatchObject({ name: 'Ben' });
});

test('a reset leaves the second factor on', async () => {
	const { user } = await signUp();
	await app.db.authenticator.create({
		data: { userId: user.id, secret: app.sealer.seal('secret', `totp:${user.id}`), enabledAt: new Date() }
	});
	const token = await askForLink();
	await visitor.auth.reset.mutate({ token, password });
	expect(await visitor.auth.login.mutate({ email: ana.email, password })).toEqual({ status: 'mfa_required' });
	expect(await app.db.authenticator.findMany()).toMatchObject([
		{ userId: user.id, enabledAt: expect.any(Date) }
	]);
});

test('of ten askings at once for one address, three are looked at, whether it is anybody’s or not', async () => {
	await signUp();
	const tries = async (email: string): Promise<number> => {
		const answers = await Promise.allSettled(
			Array.from({ length: 10 }, () => limited.auth.requestReset.mutate({ email }))
		);
		await app.db.rateLimit.deleteMany({ where: { key: { startsWith: 'mailLinkAddress' } } });
		return answers.filter(({ status }) => status === 'fulfilled').length;
	};
	expect(await tries(ana.email)).toBe(3);
	expect(await tries('nobody@example.org')).toBe(3);
	expect(await resetMails()).toHaveLength(3);
});

test('from one network, ten links are asked for in an hour and ten wrong tokens tried in a quarter, at most', async () => {
	const asked = await Promise.allSettled(
		Array.from({ length: 30 }, (_, n) =>
			limited.auth.requestReset.mutate({ email: `person${n}@example.org` })
		)
	);
	expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
	const said = await Promise.all(
		Array.from({ length: 30 }, async (_, n) =>
			refusal(limited.auth.reset.mutate({ token: `guess ${n}`, password }))
		)
	);
	expect(said.filter(({ reason }) => reason === 'link_invalid')).toHaveLength(10);
	expect(said.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(20);
});

test('no token and no password is in the database or the log', async () => {
	await signUp();
	const token = await askForLink();
	const { db } = app;
	const dump = async (): Promise<string> =>
		JSON.stringify([
			await db.user.findMany(),
			await db.session.findMany(),
			await db.emailToken.findMany(),
			await db.mail.findMany(),
			await db.outbox.findMany(),
			await db.rateLimit.findMany()
		]);
	const waiting = await dump();
	expect(waiting).toContain('reset');
	await visitor.auth.reset.mutate({ token, password });
	const everything = waiting + (await dump()) + JSON.stringify(quits.log);
	for (const secret of secrets) expect(everything).not.toContain(secret);
});
