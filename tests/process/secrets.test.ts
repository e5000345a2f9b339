/**
 * Every flow there is, on a built server that logs all it can; then every secret that was used or shown is searched for where it
 * must not be: the log, addresses, errors, pages, the database, and the files of the data directory.
 */
import { readFileSync } from 'node:fs';
import { decodeBase32IgnorePadding } from '@oslojs/encoding';
import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { isPostgres } from '#server/db/client.ts';
import { bytesOf } from '#server/webhooks/secret.ts';
import { registered, type Api } from '../support/api.ts';
import { codeOf, currentStep, wrongCodes } from '../support/authenticator.ts';
import { execute } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import { dumpOf, filesOf } from '../support/dump.ts';
import { freePort } from '../support/free-port.ts';
import { connectLive } from '../support/live.ts';
import { tokenIn } from '../support/mailbox.ts';
import { makePasskey } from '../support/passkey.ts';
import { makeRecorder } from '../support/recorder.ts';
import { makeSecrets } from '../support/secrets.ts';
import { startServer, type Server } from '../support/server.ts';

const secrets = makeSecrets();
const password = (name: string, text: string) => secrets.keepPassword(`password ${name}`, text);
const token = (name: string, text: string) => secrets.keep(`token ${name}`, text);

let config: Awaited<ReturnType<typeof migratedDatabase>>;
let server: Server;
let site: { origin: string; rpId: string };
let recorder: ReturnType<typeof makeRecorder>;

beforeAll(async () => {
	config = await migratedDatabase();
	const port = await freePort();
	server = await startServer(config, { LOG_LEVEL: 'trace', PORT: String(port) });
	site = { origin: `http://localhost:${port}`, rpId: 'localhost' };
	recorder = makeRecorder(server.url);
	await server.logged(/the queue is up/);
});

const refused = (call: Promise<unknown>): Promise<void> =>
	call.then(
		() => expect.fail('this was to be refused'),
		() => undefined
	);

const first = password('of the first', 'purple moss under slow trains');
const second = password('of the second', 'seven red kites over a harbour');
const reset = password('after a reset', 'quiet lamps beside nine rivers');
const changed = password('after a change', 'amber foxes count the chairs');
const wrong = password('that is wrong', 'not the password of anybody here');

type Person = { email: string; token: string; api: Api; secret: string; recoveryCodes: string[] };
let ada: Person;
const visitor = () => recorder.api();

/** Turns on a second factor, wrong code and all. */
async function enrol(email: string, old: string): Promise<Person> {
	const { secret, uri } = await recorder.api(old).auth.mfa.begin.mutate();
	secrets.keep(`one-time secret of ${email}`, secret);
	secrets.keep(`one-time address of ${email}`, uri);
	secrets.keepBytes(`one-time secret of ${email}, in bytes`, decodeBase32IgnorePadding(secret));
	await refused(recorder.api(old).auth.mfa.confirm.mutate({ otp: wrongCodes(secret, 1)[0]! }));
	const done = await recorder.api(old).auth.mfa.confirm.mutate({ otp: codeOf(secret, currentStep() - 1) });
	token('after a second factor', done.token);
	for (const code of done.recoveryCodes) {
		secrets.keep('recovery code', code);
		secrets.keep('recovery code', code.replaceAll('-', ''));
	}
	return {
		email,
		token: done.token,
		api: recorder.api(done.token),
		secret,
		recoveryCodes: done.recoveryCodes
	};
}

/** The token of the link in the newest mail of a kind, as the admin reads it where no mail can be sent. */
async function linkOf(kind: string, to: string): Promise<string> {
	const find = async () =>
		(await ada.api.admin.outbox.list.query()).items.find((mail) => mail.kind === kind && mail.to === to);
	await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
	const { body } = await ada.api.admin.outbox.get.query({ id: (await find())!.id });
	return token(`of a mail (${kind})`, tokenIn(body));
}

test('signing up and in, wrongly and rightly', async () => {
	const made = await registered(
		visitor().auth.register.mutate({ email: 'ada@example.org', name: 'Ada', password: first })
	);
	token('of a sign-up', made.token);
	ada = await enrol('ada@example.org', made.token);
	const enter = (more: object) =>
		visitor().auth.login.mutate({ email: 'ada@example.org', password: first, ...more });
	await refused(enter({ password: wrong }));
	await refused(visitor().auth.login.mutate({ email: 'nobody@example.org', password: wrong }));
	expect(await enter({})).toEqual({ status: 'mfa_required' });
	const opened = [
		await enter({ otp: codeOf(ada.secret) }),
		await enter({ recoveryCode: ada.recoveryCodes[0] })
	];
	for (const answer of opened) if (answer.status === 'ok') token('of a sign-in', answer.token);
	await refused(
		enter({ recoveryCode: secrets.keep('recovery code that is wrong', 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01') })
	);
	const byCookie = await recorder.fetch('/api/trpc/auth.login', {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: site.origin },
		body: JSON.stringify({ email: 'ada@example.org', password: first, recoveryCode: ada.recoveryCodes[1] })
	});
	for (const line of byCookie.headers.getSetCookie())
		token('of a cookie', line.split(';')[0]!.split('=')[1]!);
});

test('what somebody signed in does: proofs, tokens, passkeys, new codes', async () => {
	const { api } = ada;
	await api.auth.stepUp.mutate({ recoveryCode: ada.recoveryCodes[2] });
	await refused(api.auth.stepUp.mutate({ password: wrong }));
	const program = await api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read', 'admin'] });
	token('of a program', program.token);
	await recorder.api(program.token).accounts.list.query();
	await refused(recorder.api(program.token).auth.tokens.list.query());
	(await connectLive(server.url, { token: program.token })).socket.disconnect();
	await api.auth.tokens.revoke.mutate({ id: program.id });
	await refused(recorder.api(program.token).accounts.list.query());
	await expect(connectLive(server.url, { token: program.token, transport: 'polling' })).rejects.toThrow();

	const key = makePasskey(site);
	const { challengeId, options } = await api.auth.passkeys.beginRegistration.mutate();
	secrets.keep('challenge', options.challenge);
	await api.auth.passkeys.register.mutate({ challengeId, name: 'Key', response: key.register(options) });
	const begun = await visitor().auth.passkeys.beginSignIn.mutate();
	secrets.keep('challenge', begun.options.challenge);
	const answer = { challengeId: begun.challengeId, response: key.signIn(begun.options) };
	token('of a passkey', (await visitor().auth.passkeys.signIn.mutate(answer)).token);
	await refused(visitor().auth.passkeys.signIn.mutate(answer));
	for (const code of (await api.auth.mfa.newRecoveryCodes.mutate()).recoveryCodes)
		secrets.keep('recovery code', code);
	ada.recoveryCodes = (await api.auth.mfa.newRecoveryCodes.mutate()).recoveryCodes;
	for (const code of ada.recoveryCodes) secrets.keep('recovery code', code);
});

test('webhooks, and new secrets for them', async () => {
	const { create, rotateSecret, list } = ada.api.webhooks;
	const url = 'https://93.184.215.14/hook';
	const endpoint = await create.mutate({ url, events: ['recurring.missed'] });
	const { secret } = await rotateSecret.mutate({ id: endpoint.id });
	for (const one of [endpoint.secret, secret]) {
		secrets.keep('secret of a webhook', one);
		secrets.keepBytes('secret of a webhook, in bytes', bytesOf(one));
	}
	await list.query();
	await refused(create.mutate({ url: 'https://127.0.0.1/', events: ['recurring.missed'] }));
});

test('invitations, links by mail, and new passwords', async () => {
	const invite = await ada.api.admin.invites.create.mutate({ note: 'for Ben' });
	secrets.keep('invitation', invite.code);
	const email = 'ben@example.org';
	const join = { email, name: 'Ben', password: second };
	await refused(
		visitor().auth.register.mutate({ ...join, invite: token('of no invitation', 'x'.repeat(43)) })
	);
	const made = await registered(visitor().auth.register.mutate({ ...join, invite: invite.code }));
	token('of an invited', made.token);
	await visitor().auth.verifyEmail.mutate({ token: await linkOf('verify', email) });
	await visitor().auth.requestReset.mutate({ email });
	const link = await linkOf('reset', email);
	await refused(
		visitor().auth.reset.mutate({ token: link, password: password('that is weak', 'aaaaaaaaaaaab') })
	);
	await visitor().auth.reset.mutate({ token: link, password: reset });
	await refused(visitor().auth.reset.mutate({ token: link, password: second }));
	await refused(visitor().auth.login.mutate({ email, password: second }));
	const entered = await visitor().auth.login.mutate({ email, password: reset });
	if (entered.status !== 'ok') return expect.fail('no second factor was set up');
	const ben = recorder.api(token('after a reset', entered.token));
	await visitor().auth.checkPassword.mutate({ password: changed, email, name: 'Ben' });
	await refused(ben.auth.changePassword.mutate({ current: wrong, next: changed }));
	const after = await ben.auth.changePassword.mutate({ current: reset, next: changed });
	token('after a change', after.token);
	expect(await recorder.api(after.token).auth.me.query()).toMatchObject({ emailVerified: true });
});

test('requests that make no sense, with secrets in them', async () => {
	const json = { 'content-type': 'application/json' };
	const send = (body: string, headers: Record<string, string> = json, path = '/api/trpc/auth.login') =>
		recorder.fetch(path, { method: 'POST', headers, body });
	await send(`{"email":"ada@example.org","password":"${first}"`); // cut short
	await send(`${first}`);
	await send(JSON.stringify({ email: first, password: { nested: first }, otp: [first] }));
	await send(JSON.stringify({ email: 'ada@example.org', password: first }), { 'content-type': 'text/plain' });
	await send(JSON.stringify({ email: 'ada@example.org', password: first }), {
		...json,
		origin: 'https://evil.example'
	});
	await send(
		JSON.stringify({ password: first }),
		{ ...json, authorization: `Bearer ${ada.token}` },
		'/api/trpc/no.such'
	);
	await send('name=x', { authorization: `Bearer ${ada.token}` }, '/api/uploads');
});

test('every page, with a session', async () => {
	const cookie = `quits=${ada.token}`;
	const paths = [
		'/',
		'/transactions',
		'/uploads',
		'/recurring',
		'/notifications',
		'/settings',
		'/settings/security'
	];
	const admin = ['/admin', '/admin/mail', '/admin/jobs', '/nowhere'];
	for (const path of [...paths, ...admin]) await recorder.fetch(path, { headers: { cookie } });
	for (const path of ['/sign-in', '/sign-up', '/setup', '/reset', '/verify']) await recorder.fetch(path);
	expect(recorder.seen.filter(({ what }) => what.startsWith('200 http')).length).toBeGreaterThan(10);
});

test('nothing of it is in an address, an error, a header or a page', () => {
	const told = recorder.seen.flatMap(({ what, text }) =>
		secrets.foundIn(text).map((name) => ({ what, name }))
	);
	expect(told).toEqual([]);
	expect(secrets.count).toBeGreaterThan(25);
});

test('nothing of it is in what a person takes along', async () => {
	const answer = await fetch(`${server.url}/api/exports/everything.zip`, {
		headers: { cookie: `quits=${ada.token}` }
	});
	const files = Object.values(unzipSync(new Uint8Array(await answer.arrayBuffer())));
	expect(files.length).toBeGreaterThan(30);
	expect(secrets.foundIn(Buffer.concat(files))).toEqual([]);
});

// A challenge is no secret: it is sent to whoever asks, and waits in the database to be answered once.
const kept = (names: string[]): string[] => names.filter((name) => name !== 'challenge');

test('nothing of it is in any table, or in any file beside the instance’s own secret', async () => {
	const text = await dumpOf(config);
	expect(text).toContain('ben@example.org'); // it is the right database
	expect(kept(secrets.foundIn(text))).toEqual([]);
	const files = filesOf(config);
	if (!isPostgres(config)) expect(files.length).toBeGreaterThan(3);
	for (const file of files) {
		expect({ file, found: kept(secrets.foundIn(readFileSync(file))) }).toEqual({ file, found: [] });
	}
});

test('nothing of it is logged, when the database fails in the middle of a flow either', async () => {
	const cascade = isPostgres(config) ? ' CASCADE' : '';
	for (const table of ['Device', 'ApiToken', 'EmailToken', 'Session']) {
		await execute(config, `DROP TABLE "${table}"${cascade}`);
		await Promise.allSettled([
			visitor().auth.login.mutate({ email: 'ben@example.org', password: changed }),
			ada.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] }),
			ada.api.auth.stepUp.mutate({ recoveryCode: ada.recoveryCodes[3] }),
			visitor().auth.reset.mutate({ token: token('of no mail', 'y'.repeat(43)), password: reset })
		]);
	}
	await expect.poll(() => server.log.filter(({ level }) => level >= 50).length).toBeGreaterThan(5);
	const lines = [...server.log.map((line) => JSON.stringify(line)), ...server.noise];
	expect(lines.flatMap((line) => secrets.foundIn(line).map((name) => ({ name, line })))).toEqual([]);
	const told = recorder.seen.flatMap(({ what, text }) =>
		secrets.foundIn(text).map((name) => ({ what, name }))
	);
	expect(told).toEqual([]);
});
