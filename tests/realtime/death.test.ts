/** What ends a session or a token ends it everywhere within a second: calls, sockets over both transports, and what is on its way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { newEmailToken } from '#server/auth/email-token.ts';
import { hashPassword } from '#server/auth/password.ts';
import { inTx } from '#server/db/client.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { codeOf, currentStep } from '../support/authenticator.ts';
import { atOnce, connectLive, type Live } from '../support/live.ts';
import { addMember, enrol, freshSession, password, signIn, type Enrolled } from '../support/members.ts';

const quits = await startTestApp({ work: false });
const { app, url } = quits;
const { db } = app;
const next = 'seven red kites over a harbour';

let ada: Enrolled;
beforeAll(async () => {
	ada = await enrol(app, await addMember(app, 'Ada', 'admin'));
});

type Credential = 'own' | 'other' | 'program';
type Victim = Enrolled & { otherToken: string; programToken: string; programId: string; otherId: string };

/** Somebody with a second factor, two sessions and an API token. */
async function makeVictim(): Promise<Victim> {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const { token: otherToken } = await freshSession(app, ana.id);
	const made = await ana.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] });
	const other = (await ana.api.auth.sessions.list.query()).find(({ current }) => !current);
	return { ...ana, otherToken, otherId: other!.id, programToken: made.token, programId: made.id };
}

const resetOf = ({ id }: Victim) =>
	inTx(db, (tx) => newEmailToken(tx, id, 'reset')).then((token) =>
		apiOf(app).auth.reset.mutate({ token, password: next })
	);

const endings: [string, (victim: Victim) => Promise<unknown>, Credential[]][] = [
	['signing out', ({ api }) => api.auth.logout.mutate(), ['own']],
	['revoking a session', ({ api, otherId: id }) => api.auth.sessions.revoke.mutate({ id }), ['other']],
	['revoking all others', ({ api }) => api.auth.sessions.revoke.mutate({ others: true }), ['other']],
	['revoking an API token', ({ api, programId: id }) => api.auth.tokens.revoke.mutate({ id }), ['program']],
	[
		'a new password',
		({ api }) => api.auth.changePassword.mutate({ current: password, next }),
		['own', 'other', 'program']
	],
	['a password reset by mail', resetOf, ['own', 'other', 'program']],
	[
		'moving the second factor',
		async ({ api }) => {
			const { secret } = await api.auth.mfa.begin.mutate();
			return api.auth.mfa.confirm.mutate({ otp: codeOf(secret) });
		},
		['own', 'other', 'program']
	],
	['taking the second factor off', ({ api }) => api.auth.mfa.disable.mutate(), ['own', 'other', 'program']],
	[
		'the admin’s signing them out',
		({ id }) => ada.api.admin.users.signOut.mutate({ id }),
		['own', 'other', 'program']
	],
	[
		'the admin’s shutting them out',
		({ id }) => ada.api.admin.users.setDisabled.mutate({ id, disabled: true }),
		['own', 'other', 'program']
	],
	[
		'becoming an admin',
		({ id }) => ada.api.admin.users.setRole.mutate({ id, role: 'admin' }),
		['own', 'other', 'program']
	],
	[
		'the admin’s resetting their second factor',
		({ id }) => ada.api.admin.users.resetMfa.mutate({ id }),
		['own', 'other', 'program']
	]
];

test.each(endings)('after %s, what it ends is dead within a second', async (_, end, ends) => {
	const victim = await makeVictim();
	const tokens: Record<Credential, string> = {
		own: victim.token,
		other: victim.otherToken,
		program: victim.programToken
	};
	const sockets: { credential: Credential; live: Live }[] = [];
	for (const credential of ['own', 'other', 'program'] as const) {
		for (const transport of ['websocket', 'polling'] as const) {
			sockets.push({ credential, live: await connectLive(url, { token: tokens[credential], transport }) });
		}
	}
	await end(victim);
	const done = performance.now();
	for (const { credential, live } of sockets) {
		if (ends.includes(credential)) expect((await live.closed) - done).toBeLessThan(atOnce);
		else expect(live.socket.connected).toBe(true);
	}
	for (const credential of ['own', 'other', 'program'] as const) {
		const call = apiOf(app, { token: tokens[credential] }).accounts.list.query();
		if (ends.includes(credential)) expect(await refusal(call)).toMatchObject({ reason: 'signed_out' });
		else expect(await call).toEqual([]);
		if (ends.includes(credential)) {
			await expect(connectLive(url, { token: tokens[credential] })).rejects.toThrow('signed_out');
		}
	}
	for (const { live } of sockets) live.socket.disconnect();
});

test.each(['websocket', 'polling'] as const)(
	'a socket over %s that opens while its session ends does not outlive it',
	async (transport) => {
		const ana = await addMember(app, 'Ana');
		for (let round = 0; round < 30; round++) {
			const { token, api } = await freshSession(app, ana.id);
			const opening = connectLive(url, { token, transport }).catch(() => null);
			await sleep(round / 2);
			await api.auth.logout.mutate();
			const ended = performance.now();
			const live = await opening;
			if (live) expect((await live.closed) - ended).toBeLessThan(atOnce);
		}
	}
);

test.each([
	['the person is shut out', (id: string) => ada.api.admin.users.setDisabled.mutate({ id, disabled: true })],
	[
		'the password is replaced',
		(id: string) => db.user.update({ where: { id }, data: { passwordHash: 'another' } })
	],
	[
		'a second factor is turned on',
		(userId: string) => db.authenticator.create({ data: { userId, secret: 'sealed', enabledAt: new Date() } })
	]
])('a sign-in whose password is being checked while %s comes to nothing', async (_, change) => {
	const ana = await addMember(app, 'Ana');
	// As slow to check as a real one: the change is through before the answer is.
	const passwordHash = await hashPassword(password);
	await db.user.update({ where: { id: ana.id }, data: { passwordHash } });
	const before = await db.session.count({ where: { userId: ana.id } });
	const entering = refusal(signIn(app, ana));
	await sleep(20);
	await change(ana.id);
	expect(await entering).toMatchObject({ reason: 'bad_credentials', httpStatus: 401 });
	expect(await db.session.count({ where: { userId: ana.id } })).toBeLessThanOrEqual(before);
});

test('of changes made at once with one session, none brings an ended session back', async () => {
	const ana = await enrol(app, await addMember(app, 'Ana'));
	const { secret } = await ana.api.auth.mfa.begin.mutate();
	const otp = codeOf(secret, currentStep());
	await Promise.allSettled([
		ana.api.auth.mfa.confirm.mutate({ otp }),
		ana.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] }),
		ada.api.admin.users.signOut.mutate({ id: ana.id }),
		ana.api.auth.mfa.disable.mutate(),
		ana.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] })
	]);
	await ada.api.admin.users.signOut.mutate({ id: ana.id });
	expect(await db.session.count({ where: { userId: ana.id } })).toBe(0);
	expect(await db.apiToken.count({ where: { userId: ana.id } })).toBe(0);
	expect(await refusal(ana.api.auth.me.query())).toMatchObject({ reason: 'signed_out' });
});

test('when everybody must have a second factor, whoever has none hears nothing more', async () => {
	const ben = await addMember(app, 'Ben');
	const cleo = await enrol(app, await addMember(app, 'Cleo'));
	const [bens, cleos] = [
		await connectLive(url, { token: ben.token }),
		await connectLive(url, { token: cleo.token })
	];
	await ada.api.admin.settings.update.mutate({ mfaRequired: true });
	const done = performance.now();
	expect((await bens.closed) - done).toBeLessThan(atOnce);
	expect(cleos.socket.connected).toBe(true);
	await expect(connectLive(url, { token: ben.token })).rejects.toThrow('mfa_enrol');
	expect(await refusal(ben.api.accounts.list.query())).toMatchObject({ reason: 'mfa_enrol' });
	await ada.api.admin.settings.update.mutate({ mfaRequired: false });
	expect((await connectLive(url, { token: ben.token })).socket.connected).toBe(true);
});
