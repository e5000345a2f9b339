/** Somebody has a copy of the database, and not the secret of the instance: nothing in it opens anything. */
import { beforeAll, expect, test } from 'vitest';
import { newEmailToken } from '#server/auth/email-token.ts';
import { identify } from '#server/auth/identify.ts';
import { hashPassword, verifyPassword } from '#server/auth/password.ts';
import { hashToken, newToken } from '#server/auth/token.ts';
import { inTx } from '#server/db/client.ts';
import { bodyPlace, sendMail } from '#server/mail/send.ts';
import { totpPlace } from '#server/mfa/use.ts';
import { makeSealer } from '#server/seal.ts';
import { secretPlace } from '#server/webhooks/secret.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { addMember, enrol, password, signIn, type Enrolled } from '../support/members.ts';

const quits = await startTestApp({ work: false, env: { SIGNUP: 'invite' } });
const { app } = quits;
const { db, sealer } = app;
const visitor = apiOf(app);
const next = 'seven red kites over a harbour';
const link = 'https://quits.example.org/reset#this-opens-an-account';

let ana: Enrolled;
let mailId: string;
let webhook: { id: string; secret: string };
beforeAll(async () => {
	ana = await enrol(app, await addMember(app, 'Ana'));
	await ana.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] });
	const address = { url: 'https://93.184.215.14/hook', events: ['upload.done' as const] };
	webhook = await ana.api.webhooks.create.mutate(address);
	await db.setup.create({ data: { id: 1, userId: ana.id } });
	mailId = await inTx(db, async (tx) => {
		await newEmailToken(tx, ana.id, 'reset');
		return sendMail(tx, app, { to: ana.email, locale: 'en', kind: 'reset', params: { link } });
	});
	const expiresAt = new Date(Date.now() + 3_600_000);
	await db.invite.create({
		data: { id: crypto.randomUUID(), codeHash: hashToken(newToken()), createdById: ana.id, expiresAt }
	});
});

test('what is sealed opens with this secret, in its place, unchanged, and in no other way', async () => {
	const { secret } = await db.authenticator.findUniqueOrThrow({ where: { userId: ana.id } });
	const { body } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
	const endpoint = await db.webhookEndpoint.findUniqueOrThrow({ where: { id: webhook.id } });
	const [totp, mail, signing] = [totpPlace(ana.id), bodyPlace(mailId), secretPlace(webhook.id)];
	expect(sealer.open(secret!, totp)).toBe(ana.secret);
	expect(sealer.open(body, mail)).toContain(link);
	expect(sealer.open(endpoint.secret, signing)).toBe(webhook.secret);
	const others = [makeSealer('another secret of at least 32 characters'), makeSealer('')];
	for (const [sealed, place] of [
		[secret!, totp],
		[body, mail],
		[endpoint.secret, signing]
	] as const) {
		for (const other of others) expect(() => other.open(sealed, place)).toThrow();
		expect(() => sealer.open(sealed, `${place}x`)).toThrow();
		const bytes = Buffer.from(sealed, 'base64url');
		for (const at of [0, 12, bytes.length - 1]) {
			const changed = Buffer.from(bytes);
			changed[at]! ^= 1;
			expect(() => sealer.open(changed.toString('base64url'), place)).toThrow();
		}
		// Cut short, down to the first bytes of its tag alone.
		for (const length of [0, 12, 16, 20, 27, bytes.length - 1]) {
			expect(() => sealer.open(bytes.subarray(0, length).toString('base64url'), place)).toThrow();
		}
	}
	// The same text is never sealed the same way twice: equal secrets do not show.
	expect(sealer.seal('a', 'b')).not.toBe(sealer.seal('a', 'b'));
});

test('a hash is no token, no code and no password', async () => {
	const session = await db.session.findFirstOrThrow({ where: { userId: ana.id } });
	const apiToken = await db.apiToken.findFirstOrThrow({ where: { userId: ana.id } });
	for (const { tokenHash } of [session, apiToken]) {
		for (const shown of [
			tokenHash,
			`quits_${tokenHash}`,
			Buffer.from(tokenHash, 'hex').toString('base64url')
		]) {
			expect(await identify(db, shown)).toBeNull();
		}
	}
	const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: ana.id } });
	const asPassword = visitor.auth.login.mutate({ email: ana.email, password: passwordHash });
	expect(await refusal(asPassword)).toMatchObject({ reason: 'bad_credentials' });
	expect(await signIn(app, ana)).toEqual({ status: 'mfa_required' }); // the password itself does fit
	const { codeHash } = await db.recoveryCode.findFirstOrThrow({ where: { userId: ana.id } });
	expect(await refusal(signIn(app, ana, { recoveryCode: codeHash.slice(0, 60) }))).toMatchObject({
		reason: 'bad_recovery_code'
	});
	const link = await db.emailToken.findFirstOrThrow({ where: { userId: ana.id } });
	const reset = visitor.auth.reset.mutate({ token: link.tokenHash, password: next });
	expect(await refusal(reset)).toMatchObject({ reason: 'link_invalid' });
	const invite = await db.invite.findFirstOrThrow();
	const join = { email: 'ben@example.org', name: 'Ben', password: next, invite: invite.codeHash };
	expect(await refusal(visitor.auth.register.mutate(join))).toMatchObject({ reason: 'invite_invalid' });
});

test('the password is kept as argon2id with 64 MiB and three passes', async () => {
	const kept = await hashPassword(password);
	expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
	expect(await hashPassword(password)).not.toBe(kept);
	expect([await verifyPassword(kept, password), await verifyPassword(kept, `${password} `)]).toEqual([
		true,
		false
	]);
});
