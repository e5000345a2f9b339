/** Guessing over HTTP, on the built server with its limits on: in batches, with lies about where it comes from, and across a restart. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { apiAt, refusal } from '../support/api.ts';
import { codeOf, currentStep, wrongCodes } from '../support/authenticator.ts';
import { execute } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

const limits = { RATE_LIMITS: 'on' };
let config: Awaited<ReturnType<typeof migratedDatabase>>;
let server: Server;
const secrets: Record<string, string> = {};

beforeAll(async () => {
	config = await migratedDatabase();
	await prepareQueueDirectory(config);
	server = await startServer(config, limits);
	for (const name of ['Ana', 'Ben', 'Cleo']) {
		const { api } = await signUp(server, name);
		const { secret } = await api.auth.mfa.begin.mutate();
		await api.auth.mfa.confirm.mutate({ otp: codeOf(secret, currentStep() - 1) });
		secrets[name] = secret;
	}
});

// Everybody here comes from one address, whose own limit is another matter.
beforeEach(() => execute(config, `DELETE FROM "RateLimit" WHERE "key" LIKE 'signInAddress:%'`));

const credentials = (name: string) => ({
	email: `${name.toLowerCase()}@example.org`,
	password: `${name} likes rainy Sundays`
});

type Answer = { error?: { data: { reason: string } } };

/** One HTTP request with many sign-ins in it. */
async function batch(name: string, codes: string[], headers: Record<string, string> = {}) {
	const path = codes.map(() => 'auth.login').join(',');
	const body = Object.fromEntries(codes.map((otp, n) => [n, { ...credentials(name), otp }]));
	const answer = await fetch(`${server.url}/api/trpc/${path}?batch=1`, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers }
	});
	const said = [(await answer.json()) as Answer | Answer[]].flat();
	return { answer, reasons: said.map(({ error }) => error?.data.reason ?? 'ok') };
}

const count = (reasons: string[], reason: string): number => reasons.filter((r) => r === reason).length;

test('a batch of ten guesses gets as many tries as ten calls would', async () => {
	const { answer, reasons } = await batch('Ana', wrongCodes(secrets['Ana']!, 10));
	expect(reasons).toHaveLength(10);
	expect([count(reasons, 'bad_code'), count(reasons, 'rate_limited')]).toEqual([5, 5]);
	expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
	const right = await batch('Ana', [codeOf(secrets['Ana']!)]);
	expect(right.reasons).toEqual(['rate_limited']);
});

test('a batch of a hundred guesses gets none, and takes nothing from its person', async () => {
	const { answer, reasons } = await batch('Ben', wrongCodes(secrets['Ben']!, 100));
	expect(answer.status).toBeGreaterThanOrEqual(400);
	expect([count(reasons, 'bad_code'), count(reasons, 'ok')]).toEqual([0, 0]);
	expect((await batch('Ben', [codeOf(secrets['Ben']!)])).reasons).toEqual(['ok']);
});

test('a restart forgets none of it', async () => {
	expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
	server = await startServer(config, limits);
	expect((await batch('Ana', wrongCodes(secrets['Ana']!, 3))).reasons).toEqual(Array(3).fill('rate_limited'));
	expect(await server.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
	server = await startServer(config, limits);
	expect((await batch('Ana', [codeOf(secrets['Ana']!)])).reasons).toEqual(['rate_limited']);
});

test('a lie about where it comes from changes nothing', async () => {
	const reasons = [];
	for (const [n, otp] of wrongCodes(secrets['Cleo']!, 7).entries()) {
		const address = `203.0.113.${n + 1}`;
		const said = await batch('Cleo', [otp], {
			'x-forwarded-for': address,
			forwarded: `for=${address}`,
			'x-real-ip': address,
			'x-client-ip': address,
			'x-quits-address': address
		});
		reasons.push(...said.reasons);
	}
	expect([count(reasons, 'bad_code'), count(reasons, 'rate_limited')]).toEqual([5, 2]);
	expect(await refusal(apiAt(server.url).auth.login.mutate(credentials('Cleo')))).toMatchObject({
		code: 'RATE_LIMITED',
		httpStatus: 429
	});
});
