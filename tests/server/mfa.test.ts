import { expect, test } from 'vitest';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { codeOf, currentStep, wrongCodes } from '../support/authenticator.ts';
import { keptMails } from '../support/mailbox.ts';
import { addMember, enrol, freshSession, outcomes, password, signIn } from '../support/members.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;

const mailsTo = async (email: string): Promise<string[]> => {
	await app.queue.idle();
	return (await keptMails(app, email)).map(({ kind }) => kind);
};

test('a second factor is on once a code of it is confirmed: then a password alone opens nothing', async () => {
	const ana = await addMember(app, 'Ana');
	const elsewhere = await freshSession(app, ana.id);
	const { secret, uri, qr } = await ana.api.auth.mfa.begin.mutate();
	expect(secret).toMatch(/^[A-Z2-7]{32}$/); // 160 bits
	expect(new URL(uri).searchParams.get('secret')).toBe(secret);
	expect(decodeURIComponent(qr)).toMatch(/^data:image\/svg\+xml,<svg/);
	expect(await signIn(app, ana)).toMatchObject({ status: 'ok' }); // begun is not on

	const [wrong] = wrongCodes(secret, 1);
	expect(await refusal(ana.api.auth.mfa.confirm.mutate({ otp: wrong! }))).toMatchObject({
		reason: 'bad_code'
	});
	const otp = codeOf(secret);
	const { recoveryCodes, token } = await ana.api.auth.mfa.confirm.mutate({ otp });
	expect(new Set(recoveryCodes).size).toBe(10);
	for (const code of recoveryCodes)
		expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/); // 120 bits

	// The session goes on under a new token; the old one and all others are over.
	for (const old of [ana.token, elsewhere.token]) {
		expect(await refusal(apiOf(app, { token: old }).auth.me.query())).toMatchObject({ reason: 'signed_out' });
	}
	expect(await apiOf(app, { token }).auth.mfa.status.query()).toMatchObject({
		...{ enabled: true, required: false, recoveryCodesLeft: 10 }
	});

	const sessions = await db.session.count({ where: { userId: ana.id } });
	expect(await signIn(app, ana)).toEqual({ status: 'mfa_required' });
	expect(await db.session.count({ where: { userId: ana.id } })).toBe(sessions);
	// The code that confirmed it is used up.
	expect(await refusal(signIn(app, ana, { otp }))).toMatchObject({ reason: 'bad_code', httpStatus: 401 });
	expect(await signIn(app, ana, { otp: codeOf(secret, currentStep() + 1) })).toMatchObject({ status: 'ok' });
	expect(await mailsTo(ana.email)).toContain('mfa_on');
});

test('whether the password or the code is wrong, a wrong password is all that is said', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	for (const otp of [codeOf(ana.secret), '000000', undefined]) {
		const wrong = apiOf(app).auth.login.mutate({ email: ana.email, password: `${password}!`, otp });
		expect(await refusal(wrong)).toMatchObject({ reason: 'bad_credentials' });
	}
	// Nothing was used up by that.
	expect(await signIn(app, ana, { otp: codeOf(ana.secret) })).toMatchObject({ status: 'ok' });
});

test('of fifty sign-ins at once with the same right code, one is let in, twenty times over', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	for (let round = 0; round < 20; round++) {
		await db.authenticator.update({ where: { userId: ana.id }, data: { lastStep: 0 } });
		const otp = codeOf(ana.secret);
		const tries = Array.from({ length: 50 }, () => signIn(app, ana, { otp }));
		expect(await outcomes(tries)).toEqual({ ok: 1, bad_code: 49 });
	}
}, 120_000);

test('an earlier step is none once a later one was used, and steps far away are none at all', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const now = currentStep();
	for (const step of [now - 3, now + 3, now + 1000]) {
		expect(await refusal(signIn(app, ana, { otp: codeOf(ana.secret, step) }))).toMatchObject({
			reason: 'bad_code'
		});
	}
	expect(await signIn(app, ana, { otp: codeOf(ana.secret, now + 1) })).toMatchObject({ status: 'ok' });
	for (const step of [now + 1, now, now - 1]) {
		expect(await refusal(signIn(app, ana, { otp: codeOf(ana.secret, step) }))).toMatchObject({
			reason: 'bad_code'
		});
	}
});

test('of twenty confirmations at once with the same right code, one turns it on', async () => {
	const ana = await addMember(app, 'Ana');
	const { secret } = await ana.api.auth.mfa.begin.mutate();
	const otp = codeOf(secret);
	const counts = await outcomes(Array.from({ length: 20 }, () => ana.api.auth.mfa.confirm.mutate({ otp })));
	expect(counts['ok']).toBe(1);
	expect(await db.recoveryCode.count({ where: { userId: ana.id } })).toBe(10);
	expect(await db.session.count({ where: { userId: ana.id } })).toBe(1);
});

test('it moves to another app only once that one’s code is confirmed', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const { secret } = await ana.api.auth.mfa.begin.mutate();
	expect(await refusal(signIn(app, ana, { otp: codeOf(secret) }))).toMatchObject({ reason: 'bad_code' });
	expect(await signIn(app, ana, { otp: codeOf(ana.secret) })).toMatchObject({ status: 'ok' });
	const moved = await ana.api.auth.mfa.confirm.mutate({ otp: codeOf(secret, currentStep() - 1) });
	expect(moved.recoveryCodes.some((code) => ana.recoveryCodes.includes(code))).toBe(false);
	const oldCode = signIn(app, ana, { otp: codeOf(ana.secret, currentStep() + 1) });
	expect(await refusal(oldCode)).toMatchObject({ reason: 'bad_code' });
	expect(await refusal(signIn(app, ana, { recoveryCode: ana.recoveryCodes[0] }))).toMatchObject({
		reason: 'bad_code'
	});
	expect(await signIn(app, ana, { otp: codeOf(secret) })).toMatchObject({ status: 'ok' });
});

test('a recovery code opens once, of fifty at once too, however it is typed', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const ben = await enrol(app, await addMember(app, 'Ben'));
	const [first = '', second = '', ...others] = ana.recoveryCodes;
	const tries = Array.from({ length: 50 }, () => signIn(app, ana, { recoveryCode: first }));
	expect(await outcomes(tries)).toEqual({ ok: 1, bad_code: 49 });
	const sloppy = ` ${second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
	expect(await signIn(app, ana, { recoveryCode: sloppy })).toMatchObject({ status: 'ok' });
	// Somebody else's is none.
	expect(await refusal(signIn(app, ben, { recoveryCode: others[0] }))).toMatchObject({ reason: 'bad_code' });
	for (const recoveryCode of others.slice(0, 6)) {
		expect(await signIn(app, ana, { recoveryCode })).toMatchObject({ status: 'ok' });
	}
	const mails = await mailsTo(ana.email);
	expect(mails.filter((kind) => kind === 'recovery_used')).toHaveLength(7);
	expect(mails.filter((kind) => kind === 'recovery_few')).toHaveLength(1);
});

test('new recovery codes take the place of the old ones', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const { recoveryCodes } = await ana.api.auth.mfa.newRecoveryCodes.mutate();
	expect(await refusal(signIn(app, ana, { recoveryCode: ana.recoveryCodes[3] }))).toMatchObject({
		reason: 'bad_code'
	});
	expect(await signIn(app, ana, { recoveryCode: recoveryCodes[3] })).toMatchObject({ status: 'ok' });
});

test('an admin is an ordinary member until they add a second factor, and cannot take it off again', async () => {
	const ada = await addMember(app, 'Ada', 'admin');
	expect(await ada.api.accounts.list.query()).toEqual([]);
	expect(await refusal(ada.api.admin.users.list.query())).toMatchObject({
		code: 'MFA_REQUIRED',
		reason: 'mfa_enrol'
	});
	const enrolled = await enrol(app, ada);
	expect((await enrolled.api.admin.users.list.query()).some(({ id }) => id === ada.id)).toBe(true);
	expect(await refusal(enrolled.api.auth.mfa.disable.mutate())).toMatchObject({ reason: 'mfa_needed' });
});

test('a member takes it off with a fresh proof; an admin can for somebody who has lost everything', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const { token } = await ana.api.auth.mfa.disable.mutate();
	expect(await refusal(ana.api.auth.me.query())).toMatchObject({ reason: 'signed_out' });
	expect(await apiOf(app, { token }).auth.me.query()).toMatchObject({ hasMfa: false });
	expect(await signIn(app, ana)).toMatchObject({ status: 'ok' });
	expect(await db.recoveryCode.count({ where: { userId: ana.id } })).toBe(0);
	expect(await mailsTo(ana.email)).toContain('mfa_off');

	const ben = await enrol(app, await addMember(app, 'Ben'));
	const ada = await enrol(app, await addMember(app, 'Ada', 'admin'));
	await ada.api.admin.users.resetMfa.mutate({ id: ben.id });
	expect(await refusal(ben.api.auth.me.query())).toMatchObject({ reason: 'signed_out' });
	expect(await signIn(app, ben)).toMatchObject({ status: 'ok' });
	expect(await mailsTo(ben.email)).toContain('mfa_reset');
	expect(await refusal(ada.api.admin.users.resetMfa.mutate({ id: ada.id }))).toMatchObject({
		reason: 'own_account'
	});
});

test('showing again who one is takes a second factor where there is one, and uses it up', async () => {
	const ana = await addMember(app, 'Ana');
	const grow = (token: string) =>
		apiOf(app, { token }).auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] });
	const age = () => db.session.updateMany({ data: { provedAt: new Date(Date.now() - 10 * 60_000 - 1000) } });
	await age();
	expect(await refusal(grow(ana.token))).toMatchObject({ code: 'STEP_UP_REQUIRED', httpStatus: 403 });
	expect(await refusal(ana.api.auth.stepUp.mutate({ password: 'wrong' }))).toMatchObject({
		reason: 'bad_password'
	});
	expect(await refusal(ana.api.auth.stepUp.mutate({}))).toMatchObject({ reason: 'bad_password' });
	expect(await refusal(grow(ana.token))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
	const { until } = await ana.api.auth.stepUp.mutate({ password });
	expect(Date.parse(until) - Date.now()).toBeGreaterThan(9 * 60_000);
	expect(await grow(ana.token)).toMatchObject({ name: 'Program' });

	const ben = await enrol(app, await addMember(app, 'Ben'));
	await age();
	expect(await refusal(ben.api.auth.stepUp.mutate({ password }))).toMatchObject({ reason: 'bad_code' });
	const otp = codeOf(ben.secret);
	await ben.api.auth.stepUp.mutate({ otp });
	expect(await grow(ben.token)).toMatchObject({ name: 'Program' });
	await age();
	expect(await refusal(ben.api.auth.stepUp.mutate({ otp }))).toMatchObject({ reason: 'bad_code' });
	expect(await refusal(signIn(app, ben, { otp }))).toMatchObject({ reason: 'bad_code' });
	expect(await refusal(grow(ben.token))).toMatchObject({ code: 'STEP_UP_REQUIRED' });
});
