/** What a sign-in over HTTP knows of its caller: the proxy between, the cookie that came along. */
import { expect, test } from 'vitest';
import { migratedDatabase } from '../support/db.ts';
import { apiAt } from '../support/api.ts';
import { signUp, startServer } from '../support/server.ts';

const password = 'Ana likes rainy Sundays';
const ana = { email: 'ana@example.org', name: 'Ana', password };

const post = (url: string, procedure: string, body: unknown, headers: Record<string, string> = {}) =>
	fetch(`${url}/api/trpc/${procedure}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	});

test('a proxy on the same machine makes nobody local: the first account needs the set-up code', async () => {
	const server = await startServer(await migratedDatabase());
	const told = await server.logged(/asks for this code/);
	const setupCode = /code: (\S+)/.exec(told.msg)![1];
	const passedOn: Record<string, string>[] = [
		{ 'x-forwarded-for': '203.0.113.9' },
		{ forwarded: 'for=203.0.113.9' },
		{ via: '1.1 proxy' },
		{ 'x-real-ip': '203.0.113.9' }
	];
	for (const headers of passedOn) {
		const answer = await post(server.url, 'auth.register', ana, headers);
		expect(await answer.json()).toMatchObject({ error: { data: { reason: 'setup_code' } } });
	}
	const answer = await post(server.url, 'auth.register', { ...ana, setupCode }, passedOn[0]);
	expect(await answer.json()).toMatchObject({ result: { data: { user: { role: 'admin' } } } });
});

test('signing in again in the same browser ends the session it had; a program’s goes on', async () => {
	const server = await startServer(await migratedDatabase());
	const { token } = await signUp(server, 'Ana');
	const cookie = (answer: Response) => answer.headers.getSetCookie()[0]!.split(';')[0]!;
	const signIn = (headers: Record<string, string> = {}) => post(server.url, 'auth.login', ana, headers);
	const status = async (headers: Record<string, string>) =>
		(await fetch(`${server.url}/api/trpc/auth.me`, { headers })).status;

	const first = cookie(await signIn());
	expect(await status({ cookie: first })).toBe(200);
	const second = cookie(await signIn({ cookie: first }));
	expect([await status({ cookie: first }), await status({ cookie: second })]).toEqual([401, 200]);

	await signIn({ authorization: `Bearer ${token}` });
	expect(await status({ authorization: `Bearer ${token}` })).toBe(200);
});

test('a new password ends the API tokens too', async () => {
	const server = await startServer(await migratedDatabase());
	const { api } = await signUp(server, 'Ana');
	const { token } = await api.auth.tokens.create.mutate({ name: 'Script', scopes: ['read'] });
	const script = apiAt(server.url, token);
	expect(await script.accounts.list.query()).toEqual([]);
	await api.auth.changePassword.mutate({ current: password, next: 'nine blue lamps in a row' });
	await expect(script.accounts.list.query()).rejects.toMatchObject({ data: { reason: 'signed_out' } });
});
