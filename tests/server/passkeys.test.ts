import { expect, test } from 'vitest';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { codeOf, currentStep } from '../support/authenticator.ts';
import { keptMails } from '../support/mailbox.ts';
import { addMember, enrol, outcomes, signIn, type Member } from '../support/members.ts';
import { makePasskey, type SoftPasskey } from '../support/passkey.ts';

const site = { origin: 'https://quits.example.org', rpId: 'quits.example.org' };
const quits = await startTestApp({ env: { PUBLIC_URL: site.origin } });
const { app } = quits;
const { db } = app;
const visitor = apiOf(app);

type Claims = Parameters<SoftPasskey['signIn']>[1];

/** Adds a passkey to an account. */
async function add({ api }: Member, claims: Claims = {}, key = makePasskey(site)): Promise<SoftPasskey> {
	const { challengeId, options } = await api.auth.passkeys.beginRegistration.mutate();
	await api.auth.passkeys.register.mutate({
		challengeId,
		name: 'Phone',
		response: key.register(options, claims)
	});
	return key;
}

/** A key's answer to a fresh challenge. */
async function answerOf(key: SoftPasskey, claims: Claims = {}) {
	const { challengeId, options } = await visitor.auth.passkeys.beginSignIn.mutate();
	return { challengeId, response: key.signIn(options, claims) };
}

const enter = async (key: SoftPasskey, claims: Claims = {}) =>
	visitor.auth.passkeys.signIn.mutate(await answerOf(key, claims));

test('a passkey signs its person in, without an address or a password', async () => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	const { token, user } = await enter(key);
	expect(user).toMatchObject({ id: ana.id, name: 'Ana' });
	expect(await apiOf(app, { token }).auth.me.query()).toMatchObject({ id: ana.id });
	expect(await ana.api.auth.passkeys.list.query()).toMatchObject([
		{ id: key.id, name: 'Phone', lastUsedAt: expect.any(String) }
	]);
	expect((await keptMails(app, ana.email)).map(({ kind }) => kind)).toContain('passkey_added');
});

test('its options name nobody’s passkeys, and only one’s own where one is signed in', async () => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	const ben = await addMember(app, 'Ben');
	expect(JSON.stringify(await visitor.auth.passkeys.beginSignIn.mutate())).not.toContain(key.id);
	expect(JSON.stringify(await ben.api.auth.passkeys.beginRegistration.mutate())).not.toContain(key.id);
	const { options } = await ana.api.auth.passkeys.beginRegistration.mutate();
	expect(options.excludeCredentials).toMatchObject([{ id: key.id }]);
});

test.each([
	['an authenticator that has not checked its person', { verified: false }],
	['the page of somebody else', { origin: 'https://quits.example.org.evil.example' }],
	['our page without encryption', { origin: 'http://quits.example.org' }],
	['another port of ours', { origin: 'https://quits.example.org:8443' }],
	['another site', { rpId: 'evil.example' }]
] satisfies [string, Claims][])('alone, it opens nothing from %s', async (_, claims) => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	expect(await refusal(enter(key, claims))).toMatchObject({ httpStatus: 401, reason: 'bad_passkey' });
	expect(await enter(key)).toMatchObject({ status: 'ok' });
});

test.each([
	['the page of somebody else', { origin: 'https://evil.example' }],
	['another site', { rpId: 'evil.example' }]
] satisfies [string, Claims][])('a passkey made at %s is not kept', async (_, claims) => {
	const ana = await addMember(app, 'Ana');
	const key = makePasskey(site);
	expect(await refusal(add(ana, claims, key))).toMatchObject({ reason: 'passkey_bad' });
	expect(await db.passkey.count({ where: { id: key.id } })).toBe(0);
});

test('an answer opens once, of twenty at once too', async () => {
	const key = await add(await addMember(app, 'Ana'));
	const answer = await answerOf(key);
	const tries = Array.from({ length: 20 }, () => visitor.auth.passkeys.signIn.mutate(answer));
	expect(await outcomes(tries)).toEqual({ ok: 1, bad_passkey: 19 });
	expect(await refusal(visitor.auth.passkeys.signIn.mutate(answer))).toMatchObject({ reason: 'bad_passkey' });
	// The same answer to a challenge that is still open fits that one as little.
	const { challengeId } = await visitor.auth.passkeys.beginSignIn.mutate();
	expect(await refusal(visitor.auth.passkeys.signIn.mutate({ ...answer, challengeId }))).toMatchObject({
		reason: 'bad_passkey'
	});
});

test('a challenge that ran out opens nothing', async () => {
	const key = await add(await addMember(app, 'Ana'));
	const answer = await answerOf(key);
	await db.challenge.update({ where: { id: answer.challengeId }, data: { expiresAt: new Date() } });
	expect(await refusal(visitor.auth.passkeys.signIn.mutate(answer))).toMatchObject({ reason: 'bad_passkey' });
});

test('a challenge for registering is for its person, and for registering alone', async () => {
	const ana = await addMember(app, 'Ana');
	const ben = await addMember(app, 'Ben');
	const key = await add(ana);
	const hers = await ana.api.auth.passkeys.beginRegistration.mutate();
	const stolen = makePasskey(site);
	const { challengeId, options } = hers;
	const register = (api: Member['api']) =>
		api.auth.passkeys.register.mutate({ challengeId, name: 'Mine', response: stolen.register(options) });
	expect(await refusal(register(ben.api))).toMatchObject({ reason: 'passkey_bad' });
	const response = key.signIn(options);
	expect(await refusal(visitor.auth.passkeys.signIn.mutate({ challengeId, response }))).toMatchObject({
		reason: 'bad_passkey'
	});
	// One for signing in makes no passkey.
	const open = await visitor.auth.passkeys.beginSignIn.mutate();
	const other = { challengeId: open.challengeId, name: 'Mine', response: stolen.register(open.options) };
	expect(await refusal(ben.api.auth.passkeys.register.mutate(other))).toMatchObject({
		reason: 'passkey_bad'
	});
	expect(await register(ana.api)).toMatchObject({ id: stolen.id });
	expect(await refusal(register(ana.api))).toMatchObject({ reason: 'passkey_bad' });
});

test('a passkey of somebody cannot be made somebody else’s', async () => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	const ben = await addMember(app, 'Ben');
	expect(await refusal(add(ben, {}, key))).toMatchObject({ code: 'CONFLICT', reason: 'passkey_known' });
	expect((await enter(key)).user.id).toBe(ana.id);
});

test('a signature by another key, or of other words, opens nothing', async () => {
	const key = await add(await addMember(app, 'Ana'));
	const forger = makePasskey(site);
	const answer = await answerOf(forger);
	const { id } = key;
	const forged = { ...answer, response: { ...answer.response, id, rawId: id } };
	expect(await refusal(visitor.auth.passkeys.signIn.mutate(forged))).toMatchObject({ reason: 'bad_passkey' });
	const right = await answerOf(key, { verified: false });
	const bytes = Buffer.from(right.response.response.authenticatorData, 'base64url');
	bytes[32]! |= 0x04; // claims to have checked its person after signing that it has not
	right.response.response.authenticatorData = bytes.toString('base64url');
	expect(await refusal(visitor.auth.passkeys.signIn.mutate(right))).toMatchObject({ reason: 'bad_passkey' });
});

test('a counter that does not grow is a copy of the key', async () => {
	const key = await add(await addMember(app, 'Ana'), { counter: 5 });
	expect(await enter(key, { counter: 7 })).toMatchObject({ status: 'ok' });
	for (const counter of [7, 6, 1, 0]) {
		expect(await refusal(enter(key, { counter }))).toMatchObject({ reason: 'bad_passkey' });
	}
	expect(await enter(key, { counter: 8 })).toMatchObject({ status: 'ok' });
});

test('as a second factor it stands for the code, of its own person only', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const key = await add(ana);
	const ben = await enrol(app, await addMember(app, 'Ben'));
	const bens = await add(ben);
	// Beside a password it need not have checked its person: having it is the second factor.
	expect(await signIn(app, ana, { passkey: await answerOf(key, { verified: false }) })).toMatchObject({
		status: 'ok'
	});
	expect(await refusal(signIn(app, ana, { passkey: await answerOf(bens) }))).toMatchObject({
		reason: 'bad_code'
	});
	const answer = await answerOf(key);
	const tries = Array.from({ length: 10 }, () => signIn(app, ana, { passkey: answer }));
	expect(await outcomes(tries)).toEqual({ ok: 1, bad_code: 9 });
	const evil = await answerOf(key, { origin: 'https://evil.example' });
	expect(await refusal(signIn(app, ana, { passkey: evil }))).toMatchObject({ reason: 'bad_code' });
	// It also shows again who one is.
	expect(await ana.api.auth.stepUp.mutate({ passkey: await answerOf(key) })).toHaveProperty('until');
	expect(await refusal(ana.api.auth.stepUp.mutate({ passkey: await answerOf(bens) }))).toMatchObject({
		reason: 'bad_code'
	});
});

test('a lost passkey blocks nobody: password and code, or a recovery code, go on opening', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const key = await add(ana);
	expect(await signIn(app, ana)).toEqual({ status: 'mfa_required' });
	expect(await signIn(app, ana, { otp: codeOf(ana.secret) })).toMatchObject({ status: 'ok' });
	expect(await signIn(app, ana, { recoveryCode: ana.recoveryCodes[0] })).toMatchObject({ status: 'ok' });
	await ana.api.auth.passkeys.remove.mutate({ id: key.id });
	expect(await refusal(enter(key))).toMatchObject({ reason: 'bad_passkey' });
	expect(await signIn(app, ana, { otp: codeOf(ana.secret, currentStep() + 1) })).toMatchObject({
		status: 'ok'
	});
	expect((await keptMails(app, ana.email)).map(({ kind }) => kind)).toContain('passkey_removed');
});

test('a passkey alone is no second factor: where everybody must have one, a code must be added', async () => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	expect(await signIn(app, ana)).toMatchObject({ status: 'ok' });
	await db.setting.create({ data: { key: 'mfaRequired', value: true } });
	const { token } = await enter(key);
	const api = apiOf(app, { token });
	expect(await refusal(api.accounts.list.query())).toMatchObject({
		code: 'MFA_REQUIRED',
		reason: 'mfa_enrol'
	});
	const enrolled = await enrol(app, { ...ana, token, api });
	expect(await enrolled.api.accounts.list.query()).toEqual([]);
	await db.setting.deleteMany();
});

test('a disabled person’s passkey opens nothing', async () => {
	const ana = await addMember(app, 'Ana');
	const key = await add(ana);
	await db.user.update({ where: { id: ana.id }, data: { disabledAt: new Date() } });
	expect(await refusal(enter(key))).toMatchObject({ reason: 'bad_passkey' });
});
