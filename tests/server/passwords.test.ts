import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { endJudge, requireStrong } from '#server/passwords/strength.ts';
import { makeLimits } from '#server/limits/limit.ts';
import { apiOf, refusal, registered } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { connectLive } from '../support/live.ts';
import { keptMails } from '../support/mailbox.ts';

const quits = await startTestApp();
const { app } = quits;
const visitor = apiOf(app);
const limited = { ...app, limits: makeLimits({ rateLimits: true }, app.db) };
const old = 'nine blue lamps in a row';
const next = 'seven otters cross rivers';
const ana = { email: 'ana.kowalski@example.org', name: 'Ana Kowalski', password: old };

afterEach(async () => {
	await app.queue.idle();
	await app.db.user.deleteMany();
	await app.db.setup.deleteMany();
	await app.db.mail.deleteMany();
	await app.db.rateLimit.deleteMany();
});

const shown = (password: string): string => password.slice(0, 30);
const judge = (password: string, about = {}) => visitor.auth.checkPassword.mutate({ password, ...about });
const signIn = async (password: string): Promise<string> => {
	const answer = await visitor.auth.login.mutate({ email: ana.email, password });
	return answer.status === 'ok' ? answer.token : expect.fail('no second factor was set up');
};

test.each(
	[
		['seven otters cross rivers'],
		['Ana likes rainy Sundays'],
		['nine blue lamps in a row'],
		['a long enough password'],
		['vier Igel kochen Suppe'],
		['ana counts the cherries'],
		['ben rows across the bay'],
		['k7#Vq!2m-Zp9x'],
		['x'.repeat(200) + ' seven otters cross rivers']
	].map(([password = '']) => [shown(password), password] as const)
)('“%s” is a good password', async (_, password) => {
	const { score, problem } = await judge(password);
	expect(problem).toBeNull();
	expect(score).toBeGreaterThanOrEqual(3);
});

test.each(
	[
		['', 'password_short'],
		['k7#Vq!2m-Zp', 'password_short'], // strong, and still one character short
		['password1234', 'password_common'],
		['PASSWORD!!!!', 'password_common'],
		['passwordpassword', 'password_common'],
		['iloveyou2026', 'password_common'],
		['aaaaaaaaaaaaaaaa', 'password_common'],
		['123456789012', 'password_common'],
		['p@$$w0rd'.repeat(32), 'password_weak'],
		['correcthorsebatterystaple', 'password_common'],
		['Correct horse battery staple', 'password_common'],
		['ichliebedich2024', 'password_common'],
		['geheimnis2024', 'password_weak'],
		['qwertzuiopasdf', 'password_weak'],
		['mondaytuesday', 'password_weak'],
		['1'.repeat(257), 'password_long']
	].map(([password = '', problem = '']) => [shown(password), problem, password] as const)
)('“%s” is not taken: %s', async (_, problem, password) => {
	expect(await judge(password)).toMatchObject({ problem });
	await expect(requireStrong(password, {})).rejects.toMatchObject({ fields: { password: problem } });
});

test.each([
	['Kowalski1987', { name: ana.name }],
	['ana.kowalski@example.org', { email: ana.email }],
	['kowalskikowalski', { email: ana.email }],
	['Annemarie.Schmidt', { email: 'annemarie.schmidt@example.org' }],
	['AnnemarieSchmidt1987', { name: 'Annemarie Schmidt' }],
	['bob.with.a.very', { email: 'bob.with.a.very.long.address@example.org' }],
	['margaretthatcher1', { email: 'margaret@thatcher.uk' }],
	['m4rg4r3tth4tch3r', { email: 'margaret@thatcher.uk' }],
	['jolijolijoli', { email: 'jo.li@example.org' }],
	['quitsquits99', {}]
])('“%s” is not taken from somebody it tells of', async (password, about) => {
	expect(await judge(password, about)).toMatchObject({ problem: 'password_weak', hint: 'about_you' });
});

test.each([
	['Ana likes rainy Sundays', ana],
	['a comfortable organ in winter', { email: 'ana@example.com' }]
])('“%s” is taken although a word of it tells of the person', async (password, { email }) => {
	expect(await judge(password, { email })).toMatchObject({ problem: null });
});

test('loading the dictionaries keeps no request waiting: it is not this thread that does it', async () => {
	await endJudge();
	const [before, all] = [process.threadCpuUsage(), process.cpuUsage()];
	await judge('seven otters cross rivers');
	const [{ user }, loading] = [process.threadCpuUsage(before), process.cpuUsage(all)];
	expect(loading.user / 1000).toBeGreaterThan(300);
	// Whatever else this thread is at meanwhile, by far most of it is not here.
	expect(user).toBeLessThan(loading.user / 2);
});

test('when the judging thread ends half-way, no password is taken, the log says so, and the next try works', async () => {
	quits.expectErrors();
	await endJudge();
	const lost = refusal(visitor.auth.register.mutate(ana));
	let told = false;
	void lost.then(() => (told = true));
	// The next thread has dictionaries to load, so it never lives to judge.
	while (!told) await Promise.all([endJudge(), setTimeout(5)]);
	expect(await lost).toMatchObject({ code: 'UNAVAILABLE', reason: 'unexpected' });
	expect(await app.db.user.count()).toBe(0);
	expect(quits.log.some(({ msg }) => msg === 'a procedure failed')).toBe(true);
	await registered(visitor.auth.register.mutate(ana));
});

test('judging the longest passwords is no more work than judging short ones', async () => {
	await judge('the dictionaries are loaded now');
	/** Milliseconds of work on as many characters of a piece, over and over. */
	const work = async (piece: string, length: number): Promise<number> => {
		const before = process.cpuUsage();
		await judge(piece.repeat(length).slice(0, length));
		return process.cpuUsage(before).user / 1000;
	};
	const nasty = ['p@$$w0rd', '4@8({[<36€9#1!|7$+0%2', 'aB3$', '1', 'qwertz', crypto.randomUUID()];
	for (const piece of nasty) {
		const short = await work(piece, 80);
		expect(await work(piece, 256), piece).toBeLessThan(3 * short + 100);
	}
});

test('a form, a sign-up, a change and a reset judge alike', async () => {
	const weak = 'Kowalski1987';
	const said = await refusal(visitor.auth.register.mutate({ ...ana, password: weak }));
	expect(said).toMatchObject({ code: 'INVALID', fields: { password: 'password_weak' } });
	expect(await app.db.user.count()).toBe(0);
	const { token } = await registered(visitor.auth.register.mutate(ana));
	const changing = apiOf(app, { token }).auth.changePassword.mutate({ current: old, next: weak });
	expect(await refusal(changing)).toMatchObject({ code: 'INVALID', fields: { next: 'password_weak' } });
});

test('changing a password ends every other session within a second, and gives this one a new token', async () => {
	const { token } = await registered(visitor.auth.register.mutate(ana));
	const other = await signIn(old);
	const here = await connectLive(quits.url, { token });
	const elsewhere = await connectLive(quits.url, { token: other });
	const changed = await apiOf(app, { token }).auth.changePassword.mutate({ current: old, next });
	const answered = performance.now();

	expect((await elsewhere.closed) - answered).toBeLessThan(1000);
	expect(elsewhere.heard).toMatchObject([{ event: 'session:revoked' }]);
	await here.closed;
	for (const dead of [token, other]) {
		expect(await refusal(apiOf(app, { token: dead }).auth.me.query())).toMatchObject({
			reason: 'signed_out'
		});
		await expect(connectLive(quits.url, { token: dead })).rejects.toThrow('signed_out');
	}
	expect(await apiOf(app, { token: changed.token }).auth.me.query()).toMatchObject({ name: ana.name });
	expect(await refusal(visitor.auth.login.mutate({ email: ana.email, password: old }))).toMatchObject({
		reason: 'bad_credentials'
	});
	await signIn(next);
	const mails = await keptMails(app, ana.email);
	expect(mails.map(({ kind }) => kind)).toEqual(['verify', 'password_changed']);
	expect(mails[1]!.body).toContain('/reset');
});

test('a wrong current password changes nothing, and guessing it ends after five tries at once', async () => {
	const { token } = await registered(visitor.auth.register.mutate(ana));
	const api = apiOf(limited, { token });
	const guesses = Array.from({ length: 20 }, (_, n) => ({ current: `guess number ${n}`, next }));
	const said = await Promise.all(
		guesses.map(async (guess) => refusal(api.auth.changePassword.mutate(guess)))
	);
	const wrong = said.filter(({ fields }) => fields?.['current'] === 'password_wrong');
	expect(wrong).toHaveLength(5);
	expect(said.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(15);
	expect(await refusal(api.auth.changePassword.mutate({ current: old, next }))).toMatchObject({
		code: 'RATE_LIMITED',
		httpStatus: 429
	});
	await signIn(old);
});

test('of two changes at the same time, one is made and the other is told', async () => {
	const { token } = await registered(visitor.auth.register.mutate(ana));
	const other = await signIn(old);
	const answers = await Promise.allSettled([
		apiOf(app, { token }).auth.changePassword.mutate({ current: old, next }),
		apiOf(app, { token: other }).auth.changePassword.mutate({ current: old, next: 'Ana likes rainy Sundays' })
	]);
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await app.db.session.count()).toBe(1);
});
