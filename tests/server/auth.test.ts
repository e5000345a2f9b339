import { afterEach, expect, test } from 'vitest';
import { identify } from '#server/auth/identify.ts';
import { startSession } from '#server/sessions/start.ts';
import { inTx } from '#server/db/client.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { connectLive } from '../support/live.ts';

const quits = await startTestApp();
const { app } = quits;
const visitor = apiOf(app);
const password = 'nine blue lamps in a row';

/** Signs up, and is in at once. */
async function join(input: Parameters<typeof visitor.auth.register.mutate>[0], api = visitor) {
	const answer = await api.auth.register.mutate(input);
	if (answer.status !== 'ok') expect.fail(`signing up answered ${answer.status}`);
	return answer;
}

const ana = { email: 'ana@example.org', name: 'Ana', password };
const ben = { email: 'ben@example.org', name: 'Ben', password };

afterEach(async () => {
	await app.db.user.deleteMany();
	await app.db.setup.deleteMany();
});

test('the first account becomes the admin, the next ones do not', async () => {
	expect(await visitor.auth.entry.query()).toEqual({ needsSetup: true, signup: 'open', canMail: false });
	const first = await join(ana);
	expect(first.user).toMatchObject({ email: 'ana@example.org', name: 'Ana', role: 'admin' });
	expect(await visitor.auth.entry.query()).toEqual({ needsSetup: false, signup: 'open', canMail: false });
	const second = await join(ben);
	expect(second.user.role).toBe('member');
	const me = await apiOf(app, { token: second.token }).auth.me.query();
	expect(me).toEqual(second.user);
});

test('of ten first visitors at once, one becomes the admin and nine are told that it is done', async () => {
	const visitors = Array.from({ length: 10 }, (_, n) => ({ ...ana, email: `visitor${n}@example.org` }));
	const answers = await Promise.allSettled(visitors.map((who) => visitor.auth.register.mutate(who)));
	const failed = answers.filter((answer) => answer.status === 'rejected');
	expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
	for (const { reason } of failed) {
		expect(await refusal(Promise.reject(reason))).toMatchObject({ code: 'CONFLICT', reason: 'setup_done' });
	}
	expect(await app.db.user.findMany({ select: { role: true } })).toEqual([{ role: 'admin' }]);
});

test('from another machine, the first account needs the code of the log', async () => {
	const faraway = apiOf(app, { address: '203.0.113.9' });
	const wrong = { ...ana, setupCode: app.setupCode.replace(/[0-9a-f]/, 'z') };
	for (const input of [ana, wrong]) {
		expect(await refusal(faraway.auth.register.mutate(input))).toMatchObject({
			code: 'FORBIDDEN',
			reason: 'setup_code'
		});
	}
	expect(await app.db.user.count()).toBe(0);
	expect(quits.log.some(({ msg }) => msg.includes(app.setupCode))).toBe(true);
	const admin = await join({ ...ana, setupCode: app.setupCode }, faraway);
	expect(admin.user.role).toBe('admin');
	// Once there is an admin, the code is asked of nobody.
	expect((await join(ben, faraway)).user.role).toBe('member');
});

test('an email belongs to one account, whatever its case and however many ask at once', async () => {
	await visitor.auth.register.mutate(ana);
	const spellings = ['ben@example.org', 'Ben@Example.org', ' BEN@example.org', 'ben@example.org'];
	const answers = await Promise.allSettled(
		spellings.map((email) => visitor.auth.register.mutate({ ...ben, email }))
	);
	const failed = answers.filter((answer) => answer.status === 'rejected');
	expect(failed).toHaveLength(3);
	for (const { reason } of failed) {
		expect(await refusal(Promise.reject(reason))).toMatchObject({ code: 'CONFLICT', reason: 'email_taken' });
	}
	expect(await app.db.user.count()).toBe(2);
});

test('signing in gives a token that works, and the same answer to a wrong password and an unknown person', async () => {
	await visitor.auth.register.mutate(ana);
	const answer = await visitor.auth.login.mutate({ email: 'ANA@example.org', password });
	if (answer.status !== 'ok') return expect.fail('no second factor was set up');
	expect(await apiOf(app, { token: answer.token }).auth.me.query()).toMatchObject({ name: 'Ana' });

	const wrong = await refusal(
		visitor.auth.login.mutate({ email: ana.email, password: 'nine red lamps in a row' })
	);
	const unknown = await refusal(visitor.auth.login.mutate({ email: 'nobody@example.org', password }));
	expect(wrong).toMatchObject({ code: 'FORBIDDEN', reason: 'bad_credentials', httpStatus: 401 });
	expect(unknown).toEqual(wrong);
});

test('a disabled person can neither sign in nor go on', async () => {
	const { token, user } = await join(ana);
	const api = apiOf(app, { token });
	expect(await api.auth.me.query()).toMatchObject({ name: 'Ana' });
	await app.db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
	expect(await refusal(api.auth.me.query())).toMatchObject({ httpStatus: 401 });
	expect(await refusal(visitor.auth.login.mutate(ana))).toMatchObject({ reason: 'bad_credentials' });
});

test('signing out ends the token and its sockets, and no other session', async () => {
	const { token } = await join(ana);
	const other = await visitor.auth.login.mutate(ana);
	if (other.status !== 'ok') return expect.fail('no second factor was set up');
	const live = await connectLive(quits.url, { token });
	const elsewhere = await connectLive(quits.url, { token: other.token });
	await apiOf(app, { token }).auth.logout.mutate();
	await live.closed;
	expect(live.heard).toMatchObject([{ event: 'session:revoked' }]);
	expect(await refusal(apiOf(app, { token }).auth.me.query())).toMatchObject({ reason: 'signed_out' });
	await expect(connectLive(quits.url, { token })).rejects.toThrow('signed_out');
	expect(await apiOf(app, { token: other.token }).auth.me.query()).toMatchObject({ name: 'Ana' });
	expect(elsewhere.socket.connected).toBe(true);
	expect(elsewhere.heard).toEqual([]);
});

test('neither passwords nor tokens are stored or logged', async () => {
	const { token } = await join(ana);
	await apiOf(app, { token }).auth.me.query();
	const stored = JSON.stringify([await app.db.user.findMany(), await app.db.session.findMany()]);
	expect(stored).toContain('$argon2id$v=19$m=65536,t=3,p=1$');
	expect(stored).not.toContain(password);
	expect(stored).not.toContain(token);
	const log = JSON.stringify(quits.log);
	expect(log).not.toContain(password);
	expect(log).not.toContain(token);
});

const hour = 3_600_000;
const day = 24 * hour;
test.each([
	{ role: 'member', idle: 7 * day, most: 30 * day },
	{ role: 'admin', idle: hour / 2, most: 12 * hour }
] as const)(
	'a session of a $role ends when it was not used for too long, and after its time',
	async (limits) => {
		const { role, idle, most } = limits;
		const start = new Date('2026-03-01T12:00:00Z');
		const at = (ms: number) => new Date(start.getTime() + ms);
		const user = await app.db.user.create({
			data: { id: crypto.randomUUID(), email: 'cleo@example.org', name: 'Cleo', passwordHash: 'none', role }
		});
		const signIn = () =>
			inTx(app.db, (tx) => startSession(tx, user, { userAgent: 'tests', address: '127.0.0.1' }, start));

		const unused = await signIn();
		expect(await identify(app.db, unused.token, at(idle))).not.toBeNull();
		expect(await identify(app.db, unused.token, at(2 * idle + 1))).toBeNull();

		const used = await signIn();
		let last = 0;
		for (let now = 0; now < most; now += idle / 2) {
			expect(await identify(app.db, used.token, at(now))).not.toBeNull();
			last = now;
		}
		expect(most - last).toBeLessThan(idle); // it ends by its age, not by being idle
		expect(await identify(app.db, used.token, at(most))).toBeNull();
		expect(await app.db.session.count()).toBe(0);
	}
);

test('people change their own settings and nothing else', async () => {
	const { token, user } = await join(ana);
	await visitor.auth.register.mutate(ben);
	const api = apiOf(app, { token });
	const changed = await api.auth.updateProfile.mutate({
		locale: 'de',
		currency: 'CHF',
		timeZone: 'Europe/Zurich'
	});
	expect(changed).toEqual({ ...user, locale: 'de', currency: 'CHF', timeZone: 'Europe/Zurich' });
	const sneaky = { name: 'Anna', role: 'member', email: 'other@example.org' };
	expect(await api.auth.updateProfile.mutate(sneaky)).toEqual({ ...changed, name: 'Anna' });
	expect(await app.db.user.count({ where: { locale: 'de' } })).toBe(1);
});

test.each([
	['a short password', { password: 'short' }, 'password'],
	['a password of 257 characters', { password: 'x'.repeat(257) }, 'password'],
	['no email', { email: 'ana' }, 'email'],
	['no name', { name: '  ' }, 'name'],
	['a currency that is none', { currency: 'ABC' }, 'currency'],
	['a time zone that is none', { timeZone: 'Moon/Base' }, 'timeZone']
])('registering with %s is refused and names the field', async (_, change, field) => {
	const said = await refusal(visitor.auth.register.mutate({ ...ana, ...change }));
	expect(said).toMatchObject({ code: 'INVALID', httpStatus: 422 });
	expect(Object.keys(said.fields ?? {})).toEqual([field]);
	expect(await app.db.user.count()).toBe(0);
});
