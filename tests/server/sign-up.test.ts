import { afterEach, expect, test } from 'vitest';
import { askToRegister } from '#server/auth/ask-to-register.ts';
import { createInvite } from '#server/invites/create.ts';
import { listInvites } from '#server/invites/list.ts';
import { revokeInvite } from '#server/invites/revoke.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { makeLimits } from '#server/limits/limit.ts';
import type { App } from '#server/app.ts';
import { apiOf, refusal, registered } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { keptMails, startSmtpServer, tokenIn } from '../support/mailbox.ts';

const smtp = await startSmtpServer();
const quits = await startTestApp({ env: { PUBLIC_URL: 'https://quits.example.org' } });
const { app } = quits;
const limits = makeLimits({ rateLimits: true }, app.db);

/** The same Quits with other settings. */
const appWith = (config: Partial<App['config']>, rest: Partial<App> = {}): App => ({
	...app,
	...rest,
	config: { ...app.config, ...config }
});
const withMail = { mail: { ...app.config.mail, smtpUrl: smtp.url, from: 'quits@example.org' } };
const visitor = apiOf(app);
const mailing = apiOf(appWith(withMail));
const inviting = apiOf(appWith({ ...withMail, signup: 'invite' }));
const limited = apiOf(appWith(withMail, { limits }));

const password = 'nine blue lamps in a row';
const admin = { email: 'admin@example.org', name: 'Admin', password };
const ana = { email: 'ana@example.org', name: 'Ana', password, currency: 'CHF', timeZone: 'Europe/Zurich' };

/** Makes the first account, so that the next one is nobody special. */
const setUp = async () => (await registered(visitor.auth.register.mutate(admin))).user;
const anasMails = (kind: string) =>
	keptMails(app, ana.email).then((mails) => mails.filter((mail) => mail.kind === kind));
const anasLink = async (kind: 'sign_up' | 'verify') => tokenIn((await anasMails(kind)).at(-1)?.body);

afterEach(async () => {
	await app.queue.idle();
	await app.db.user.deleteMany();
	await app.db.setup.deleteMany();
	await app.db.mail.deleteMany();
	await app.db.registration.deleteMany();
	await app.db.invite.deleteMany();
	await app.db.rateLimit.deleteMany();
});

test('where mail can be sent, an account is made when the mailed link is opened, and not before', async () => {
	await setUp();
	const answer = await mailing.auth.register.mutate({ ...ana, email: 'Ana@example.org', locale: 'de' });
	expect(answer).toEqual({ status: 'verify_email' });
	expect(await app.db.user.count()).toBe(1);
	expect(await refusal(visitor.auth.login.mutate(ana))).toMatchObject({ reason: 'bad_credentials' });
	const [mail] = await anasMails('sign_up');
	expect(mail).toMatchObject({ subject: 'Schließe die Registrierung ab' });
	const token = await anasLink('sign_up');
	expect(mail!.body).toContain(`https://quits.example.org/verify#${token}\n`);

	expect(await mailing.auth.verifyEmail.mutate({ token, password: ana.password })).toEqual({
		email: ana.email
	});
	expect(await mailing.auth.login.mutate(ana)).toMatchObject({
		status: 'ok',
		user: { name: 'Ana', role: 'member', emailVerified: true, currency: 'CHF', locale: 'de' }
	});
	expect(await refusal(mailing.auth.verifyEmail.mutate({ token, password: ana.password }))).toMatchObject({
		reason: 'link_invalid'
	});
});

test('signing up answers the same for known and unknown addresses; only the mail tells, to its owner', async () => {
	await setUp();
	await registered(visitor.auth.register.mutate(ana));
	const known = await mailing.auth.register.mutate({ ...ana, name: 'Somebody else' });
	const unknown = await mailing.auth.register.mutate({ ...ana, email: 'ben@example.org' });
	expect(known).toEqual(unknown);
	expect(await anasMails('already_registered')).toHaveLength(1);
	expect(await anasMails('sign_up')).toEqual([]);
	const bens = await keptMails(app, 'ben@example.org');
	expect(bens.map(({ kind }) => kind)).toEqual(['sign_up']);
	const weak = { password: 'password1234' };
	expect(await refusal(mailing.auth.register.mutate({ ...ana, ...weak }))).toEqual(
		await refusal(mailing.auth.register.mutate({ ...ana, email: 'ben@example.org', ...weak }))
	);
	expect(await app.db.user.count()).toBe(2);
});

test('of twenty openings of one link at the same time, one makes the account', async () => {
	await setUp();
	await mailing.auth.register.mutate(ana);
	const token = await anasLink('sign_up');
	const answers = await Promise.allSettled(
		Array.from({ length: 20 }, () => mailing.auth.verifyEmail.mutate({ token, password: ana.password }))
	);
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	for (const answer of answers) {
		if (answer.status === 'rejected')
			expect(await refusal(Promise.reject(answer.reason))).toMatchObject({ reason: 'link_invalid' });
	}
	expect(await app.db.user.count({ where: { email: ana.email } })).toBe(1);
});

test('a link makes the account only for whoever knows the password it was asked for with', async () => {
	await setUp();
	const mallory = { ...ana, name: 'Mallory', password: 'seven otters cross rivers' };
	await mailing.auth.register.mutate(ana);
	const anas = await anasLink('sign_up');
	// Somebody else asks with her address: another link goes to her, and hers goes on working.
	await mailing.auth.register.mutate(mallory);
	const mallorys = await anasLink('sign_up');
	expect(mallorys).not.toBe(anas);
	const open = (token: string, password?: string) =>
		refusal(mailing.auth.verifyEmail.mutate({ token, password }));
	expect(await open(mallorys)).toMatchObject({ code: 'INVALID', fields: { password: 'required' } });
	expect(await open(mallorys, ana.password)).toMatchObject({ fields: { password: 'password_wrong' } });
	await mailing.auth.verifyEmail.mutate({ token: anas, password: ana.password });
	expect(await open(mallorys, mallory.password)).toMatchObject({ reason: 'email_taken' });
	expect(await mailing.auth.login.mutate(ana)).toMatchObject({ status: 'ok', user: { name: 'Ana' } });
});

test('a link whose address got an account in the meantime is used up and changes nothing', async () => {
	await setUp();
	await mailing.auth.register.mutate({ ...ana, name: 'Other' });
	const token = await anasLink('sign_up');
	await registered(visitor.auth.register.mutate(ana));
	expect(await refusal(mailing.auth.verifyEmail.mutate({ token, password: ana.password }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'email_taken'
	});
	expect(await refusal(mailing.auth.verifyEmail.mutate({ token, password: ana.password }))).toMatchObject({
		reason: 'link_invalid'
	});
	expect(await app.db.user.findMany({ where: { email: ana.email } })).toMatchObject([{ name: 'Ana' }]);
});

test('a link to sign up works for a day, and not once sign-up is closed', async () => {
	await setUp();
	await askToRegister(app, ana, new Date(Date.now() - 86_400_000));
	const late = await anasLink('sign_up');
	expect(await refusal(mailing.auth.verifyEmail.mutate({ token: late }))).toMatchObject({
		reason: 'link_invalid'
	});
	await askToRegister(app, ana);
	const token = await anasLink('sign_up');
	const closed = apiOf(appWith({ ...withMail, signup: 'closed' }));
	expect(await refusal(closed.auth.verifyEmail.mutate({ token }))).toMatchObject({ reason: 'signup_closed' });
	expect(await app.db.user.count()).toBe(1);
});

test('where no mail can be sent, an account is made at once, and a taken address is told', async () => {
	await setUp();
	const { token, user } = await registered(visitor.auth.register.mutate(ana));
	expect(user).toMatchObject({ role: 'member', emailVerified: false, timeZone: 'Europe/Zurich' });
	expect(await refusal(visitor.auth.register.mutate(ana))).toMatchObject({
		code: 'CONFLICT',
		reason: 'email_taken'
	});
	const verify = await anasLink('verify');
	expect(await visitor.auth.verifyEmail.mutate({ token: verify })).toEqual({ email: ana.email });
	expect(await apiOf(app, { token }).auth.me.query()).toMatchObject({ emailVerified: true });
	expect(await refusal(visitor.auth.verifyEmail.mutate({ token: verify }))).toMatchObject({
		reason: 'link_invalid'
	});
});

test('somebody signed in asks for the link again: it replaces the older one, three times an hour', async () => {
	await setUp();
	const { token } = await registered(visitor.auth.register.mutate(ana));
	const older = await anasLink('verify');
	const api = apiOf(appWith({}, { limits }), { token });
	const asked = await Promise.allSettled(Array.from({ length: 8 }, () => api.auth.sendVerification.mutate()));
	expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
	expect(await anasMails('verify')).toHaveLength(4);
	expect(await refusal(visitor.auth.verifyEmail.mutate({ token: older }))).toMatchObject({
		reason: 'link_invalid'
	});
	const links = (await anasMails('verify')).map(({ body }) => tokenIn(body));
	const opened = await Promise.allSettled(
		links.map((link) => visitor.auth.verifyEmail.mutate({ token: link }))
	);
	expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	// Once it is done, there is nothing to send.
	await apiOf(app, { token }).auth.sendVerification.mutate();
	expect(await anasMails('verify')).toHaveLength(4);
});

test('an invitation makes one account at once, however many use it at the same time', async () => {
	const { id: adminId } = await setUp();
	const invite = await createInvite(app, adminId, { note: 'for Ana' });
	expect(invite.url).toBe(`https://quits.example.org/sign-up#${invite.code}`);
	expect(await refusal(inviting.auth.register.mutate(ana))).toMatchObject({ reason: 'signup_invite' });
	const people = Array.from({ length: 12 }, (_, n) => ({ ...ana, email: `person${n}@example.org` }));
	const answers = await Promise.allSettled(
		people.map((who) => inviting.auth.register.mutate({ ...who, invite: invite.code }))
	);
	expect(answers.filter(({ status }) => status === 'fulfilled')).toMatchObject([{ value: { status: 'ok' } }]);
	for (const answer of answers) {
		if (answer.status === 'rejected')
			expect(await refusal(Promise.reject(answer.reason))).toMatchObject({ reason: 'invite_invalid' });
	}
	expect(await app.db.user.count()).toBe(2);
	const used = await app.db.user.findFirstOrThrow({ where: { role: 'member' } });
	expect(await listInvites(app.db)).toMatchObject([
		{ id: invite.id, note: 'for Ana', usedBy: { id: used.id, email: used.email } }
	]);
});

test('an invitation is not used up by a sign-up that fails', async () => {
	const { id: adminId } = await setUp();
	const { code } = await createInvite(app, adminId, { note: '' });
	const taken = { ...ana, email: admin.email, invite: code };
	expect(await refusal(inviting.auth.register.mutate(taken))).toMatchObject({ reason: 'email_taken' });
	const weak = { ...ana, password: 'password1234', invite: code };
	expect(await refusal(inviting.auth.register.mutate(weak))).toMatchObject({ code: 'INVALID' });
	await registered(inviting.auth.register.mutate({ ...ana, invite: code }));
});

test('an invitation that is unknown, taken back or too old opens nothing, and tells nothing of the address', async () => {
	const { id: adminId } = await setUp();
	const revoked = await createInvite(app, adminId, { note: '' });
	const old = await createInvite(app, adminId, { note: '' }, new Date(Date.now() - 7 * 86_400_000));
	await revokeInvite(app.db, revoked.id);
	await expect(revokeInvite(app.db, revoked.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	for (const invite of ['no such code', revoked.code, old.code]) {
		const unknown = await refusal(inviting.auth.register.mutate({ ...ana, invite }));
		expect(unknown).toMatchObject({ code: 'FORBIDDEN', reason: 'invite_invalid' });
		expect(await refusal(inviting.auth.register.mutate({ ...ana, email: admin.email, invite }))).toEqual(
			unknown
		);
	}
	expect(await app.db.user.count()).toBe(1);
});

test('where sign-up is closed, not even an invitation helps', async () => {
	const { id: adminId } = await setUp();
	const { code: invite } = await createInvite(app, adminId, { note: '' });
	const closed = apiOf(appWith({ signup: 'closed' }));
	expect(await refusal(closed.auth.register.mutate({ ...ana, invite }))).toMatchObject({
		reason: 'signup_closed'
	});
});

test('from one network, five sign-ups an hour and ten guesses of a code in a quarter, also all at once', async () => {
	const faraway = apiOf(appWith({}, { limits }), { address: '203.0.113.9' });
	const guesses = await Promise.all(
		Array.from({ length: 12 }, async (_, n) =>
			refusal(faraway.auth.register.mutate({ ...ana, setupCode: `guess ${n}` }))
		)
	);
	expect(guesses.filter(({ reason }) => reason === 'setup_code')).toHaveLength(10);
	expect(guesses.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(2);
	await setUp();
	const asked = await Promise.allSettled(
		Array.from({ length: 12 }, (_, n) =>
			limited.auth.register.mutate({ ...ana, email: `person${n}@example.org` })
		)
	);
	expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
	const links = await Promise.all(
		Array.from({ length: 20 }, async (_, n) =>
			refusal(limited.auth.verifyEmail.mutate({ token: `guess ${n}` }))
		)
	);
	expect(links.filter(({ reason }) => reason === 'link_invalid')).toHaveLength(10);
	expect(links.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(10);
});

test('no token, code or password is in the database or the log', async () => {
	const { id: adminId } = await setUp();
	const invite = await createInvite(app, adminId, { note: 'for Ben' });
	await mailing.auth.register.mutate(ana);
	const token = await anasLink('sign_up');
	await registered(inviting.auth.register.mutate({ ...ana, email: 'ben@example.org', invite: invite.code }));
	const verify = tokenIn((await keptMails(app, 'ben@example.org'))[0]?.body);
	const { db } = app;
	const rows = JSON.stringify([
		await db.user.findMany(),
		await db.registration.findMany(),
		await db.invite.findMany(),
		await db.emailToken.findMany(),
		await db.mail.findMany(),
		await db.outbox.findMany(),
		await db.rateLimit.findMany()
	]);
	expect(rows).toContain('for Ben');
	for (const secret of [password, token, verify, invite.code]) {
		expect(rows).not.toContain(secret);
		expect(JSON.stringify(quits.log)).not.toContain(secret);
	}
});

test('what has run out is forgotten at night, and mails after a month', async () => {
	const { id: adminId } = await setUp();
	await askToRegister(app, ana);
	await createInvite(app, adminId, { note: '' });
	await limits.take('code', 'somebody');
	await app.queue.idle();
	const { db } = app;
	await db.challenge.create({ data: { id: 'one', challenge: 'what?', expiresAt: new Date() } });
	const counts = async () =>
		Promise.all([
			db.registration.count(),
			db.invite.count(),
			db.emailToken.count(),
			db.mail.count(),
			db.rateLimit.count(),
			db.challenge.count()
		]);
	const days = (n: number) => new Date(Date.now() + n * 86_400_000);
	await keepHouse(app, 'tonight', new Date(Date.now() - 1000));
	expect(await counts()).toEqual([1, 1, 1, 2, 1, 1]);
	await keepHouse(app, 'tomorrow', days(1.1));
	expect(await counts()).toEqual([0, 1, 1, 2, 0, 0]);
	await keepHouse(app, 'next week', days(7.1));
	expect(await counts()).toEqual([0, 0, 0, 2, 0, 0]);
	await keepHouse(app, 'next month', days(30.1));
	expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
});
