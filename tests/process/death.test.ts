/** What was under way when its session ended, on the built server: bodies that come slowly, and downloads that run. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { apiAt, refusal } from '../support/api.ts';
import { execute } from '../support/catalog.ts';
import { migratedDatabase } from '../support/db.ts';
import type { Person } from '../support/person.ts';
import { signUp, startServer, type Server } from '../support/server.ts';

let server: Server;
let ana: Person;
const password = 'Ana likes rainy Sundays';

beforeAll(async () => {
	const config = await migratedDatabase();
	server = await startServer(config);
	ana = await signUp(server, 'Ana');
	// More than the buffers on the way to a reader hold. Importing so many would only make the test slower.
	const { id } = await ana.api.accounts.create.mutate({ name: 'Giro', currency: 'EUR' });
	await execute(
		config,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
		INSERT INTO "Transaction" ("id", "userId", "accountId", "date", "amount", "currency", "description", "merchant",
			"merchantKey", "search", "fingerprint", "occurrence")
		SELECT '01900000-0000-7000-8000-' || (100000000000 + i), '${ana.id}', '${id}', '2026-01-02', -300, 'EUR',
			'A cup of tea at the harbour, number ' || i, 'Tea', 'tea', 'tea', 'tea ' || i, 1 FROM n`
	);
});

/** Another session of Ana's. */
async function freshToken(): Promise<string> {
	const answer = await apiAt(server.url).auth.login.mutate({ email: 'ana@example.org', password });
	return answer.status === 'ok' ? answer.token : expect.fail('no second factor was set up');
}

/** Sends all of a request but the end of its body. Returns how to send that, which resolves to the answer's first line and body. */
async function slowly(path: string, token: string, type: string, body: string) {
	const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
	await once(socket, 'connect');
	const half = Math.floor(body.length / 2);
	socket.write(
		`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
			`Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, half)}`
	);
	return async (): Promise<string> => {
		let answer = '';
		socket.on('data', (data) => (answer += data.toString()));
		socket.write(body.slice(half));
		await once(socket, 'close');
		return answer;
	};
}

const form = `--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nDate,Description,Amount\n2026-01-01,Tea,-3.00\n\r\n--xx--\r\n`;
test.each([
	[
		'an API token',
		'/api/trpc/auth.tokens.create',
		'application/json',
		'{"name":"Backdoor","scopes":["read"]}'
	],
	['a second factor', '/api/trpc/auth.mfa.begin', 'application/json', '{                  }'],
	['a statement', '/api/uploads', 'multipart/form-data; boundary=xx', form]
])(
	'%s asked for before the session ended and sent to the end after it is refused',
	async (_, path, type, body) => {
		const before = await ana.api.uploads.list.query();
		const finish = await slowly(path, await freshToken(), type, body);
		await sleep(200); // who is asking has been looked up by now
		await ana.api.auth.sessions.revoke.mutate({ others: true });
		const answer = await finish();
		expect(answer).toMatch(/^HTTP\/1\.1 401 /);
		expect(answer).toContain('signed_out');
		expect(await ana.api.auth.tokens.list.query()).toEqual([]);
		expect((await ana.api.auth.mfa.status.query()).enabled).toBe(false);
		expect(await ana.api.uploads.list.query()).toEqual(before);
	}
);

async function startDownload(token: string) {
	const answer = await fetch(`${server.url}/api/exports/transactions.csv`, {
		headers: { authorization: `Bearer ${token}` }
	});
	const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
	const first = await reader.read();
	/** Reads on to the end, and says how much there was and whether it came to a proper end. */
	const rest = async () => {
		let bytes = first.value?.length ?? 0;
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (done) return { bytes, whole: true };
				bytes += value.length;
			}
		} catch {
			return { bytes, whole: false };
		}
	};
	return { status: answer.status, rest };
}

test('a download that runs ends when its session or API token does; the link of an old one opens nothing', async () => {
	const whole = await (await startDownload(ana.token)).rest();
	expect(whole.whole).toBe(true);
	const session = await freshToken();
	const program = await ana.api.auth.tokens.create.mutate({ name: 'Program', scopes: ['read'] });
	const running = await Promise.all([session, program.token].map(startDownload));
	await ana.api.auth.sessions.revoke.mutate({ others: true });
	await ana.api.auth.tokens.revoke.mutate({ id: program.id });
	await sleep(1000);
	for (const { status, rest } of running) {
		expect(status).toBe(200);
		const got = await rest();
		expect(got.whole).toBe(false);
		expect(got.bytes).toBeLessThan(whole.bytes);
	}
	for (const token of [session, program.token]) {
		const answer = await fetch(`${server.url}/api/exports/transactions.csv`, {
			headers: { cookie: `quits=${token}` }
		});
		expect([answer.status, (await answer.json()).reason]).toEqual([401, 'signed_out']);
		expect(await refusal(apiAt(server.url, token).accounts.list.query())).toMatchObject({
			reason: 'signed_out'
		});
	}
});

test('none of this is an error of the server', () => {
	expect(server.log.filter(({ level }) => level >= 50)).toEqual([]);
	expect(server.noise).toEqual([]);
});
