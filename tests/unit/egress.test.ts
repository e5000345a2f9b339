/** Addresses that people choose: none leads into a private network, whatever comes back does no harm. */
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { checkAddress, egressConnect, EgressError, post, type EgressRules } from '#server/egress.ts';
import { privateAddresses, privateUrls } from '../support/private-addresses.ts';
import { startReceiver, type Reply } from '../support/receiver.ts';
import { runProgram } from '../support/run-program.ts';

const message = { headers: { 'content-type': 'application/json' }, body: '{"hello":"world"}' };
const here: LookupAddress = { address: '127.0.0.1', family: 4 };
const elsewhere: LookupAddress = { address: '93.184.215.14', family: 4 };
/** Of the public internet, but of a part that nobody has been given. */
const nowhere: LookupAddress = { address: '2d00::1', family: 6 };

/** Listens on every address this machine has, and counts. */
let listener: Server;
let port: number;
let connections = 0;
beforeAll(async () => {
	listener = createServer((socket) => {
		connections++;
		socket.destroy();
	});
	listener.listen(0);
	await once(listener, 'listening');
	({ port } = listener.address() as AddressInfo);
});
afterAll(() => void listener.close());
beforeEach(() => void (connections = 0));

/** How a URL is refused, when it is looked at and when something is sent to it. */
async function refusals(url: string, rules: EgressRules): Promise<unknown[]> {
	const both = await Promise.allSettled([checkAddress(url, rules), post(url, message, rules)]);
	return both.map((result) => {
		if (result.status === 'fulfilled') return `${url} was let through`;
		const { name, message, failure } = result.reason as EgressError;
		return { name, message, failure };
	});
}
const refused = { name: 'EgressError', message: 'address', failure: 'address' };

/** A look-up that answers with these, one after the other, and the last again and again. */
function answering(...answers: LookupAddress[][]) {
	let asked = 0;
	return {
		resolve: async () => answers[Math.min(asked++, answers.length - 1)]!,
		asked: () => asked
	};
}

test.each(['http', 'https'] as const)('%s: no spelling of a private address gets through', async (scheme) => {
	const urls = privateUrls(scheme, port);
	expect(urls.length).toBeGreaterThan(600);
	// Names that slip in among them are nobody's.
	const rules = { allow: [], http: true, resolve: async () => [here] };
	for (const url of urls) {
		expect({ url, refusals: await refusals(url, rules) }).toEqual({ url, refusals: [refused, refused] });
	}
	expect(connections).toBe(0);
	// It was there all the time.
	await expect(
		post(`http://127.0.0.1:${port}`, message, { allow: ['127.0.0.1'], http: true })
	).rejects.toThrow();
	expect(connections).toBe(1);
});

test('no name that leads to a private address gets through, be it among public ones', async () => {
	const url = `http://intranet.example:${port}/`;
	for (const address of privateAddresses) {
		for (const found of [[address], [address, elsewhere], [elsewhere, elsewhere, address]]) {
			const rules = { allow: [], http: true, resolve: async () => found };
			expect({ found, refusals: await refusals(url, rules) }).toEqual({
				found,
				refusals: [refused, refused]
			});
		}
	}
	expect(connections).toBe(0);
});

test('names of this machine, however written, get through neither', async () => {
	const names = [
		'localhost',
		'LOCALHOST',
		'localhost.',
		'ｌｏｃａｌｈｏｓｔ',
		'local\u00adhost',
		'%6cocalhost'
	];
	for (const name of names) {
		const url = `http://${name}:${port}/`;
		expect({ url, refusals: await refusals(url, { allow: [], http: true }) }).toEqual({
			url,
			refusals: [refused, refused]
		});
	}
	expect(connections).toBe(0);
});

test('a name that is none looks like one that is refused', async () => {
	const failing = async () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }));
	for (const resolve of [failing, async () => []]) {
		expect(await refusals('https://nobody.example/', { allow: [], resolve })).toEqual([refused, refused]);
		expect(await refusals('https://nobody.example/', { allow: ['nobody.example'], resolve })).toEqual([
			refused,
			refused
		]);
	}
});

test('a name is looked up once: what it answers later leads nowhere', async () => {
	const url = `http://changing.example:${port}/`;
	const names = answering([nowhere], [here]);
	const rules = { allow: [], http: true, resolve: names.resolve, timeoutMs: 300 };
	const failed = await post(url, message, rules).catch((error: unknown) => error);
	expect(failed).toBeInstanceOf(EgressError);
	expect((failed as EgressError).failure).not.toBe('address'); // it was public, and so it was tried
	expect(names.asked()).toBe(1);
	// The other way round: public when the endpoint was made, private when something is sent.
	const later = answering([elsewhere], [here]);
	await checkAddress(url, { ...rules, resolve: later.resolve });
	await expect(post(url, message, { ...rules, resolve: later.resolve })).rejects.toMatchObject(refused);
	expect(later.asked()).toBe(2);
	expect(connections).toBe(0);
});

test('what the operator allows is reached by the address that was looked up, and under its own name', async () => {
	const receiver = await startReceiver();
	const names = answering([here], [{ address: '127.0.0.9', family: 4 }]);
	const rules = { allow: ['printer.example'], http: true, resolve: names.resolve };
	const url = `http://printer.example:${receiver.port}/a%20path?with=query#and-more`;
	expect(await post(url, message, rules)).toEqual({ status: 204, retryAfter: undefined });
	expect(names.asked()).toBe(1);
	const [{ method, path, headers, body } = expect.fail('nothing came')] = receiver.received;
	expect({ method, path, body }).toEqual({
		method: 'POST',
		path: '/a%20path?with=query',
		body: message.body
	});
	expect(headers).toMatchObject({
		host: `printer.example:${receiver.port}`,
		'content-type': 'application/json',
		'content-length': String(message.body.length),
		connection: 'close'
	});
	const steady = { ...rules, resolve: async () => [here] };
	for (const host of ['printer.example.', 'PRINTER.example']) {
		expect(await post(`http://${host}:${receiver.port}/`, message, steady)).toMatchObject({ status: 204 });
	}
	for (const host of ['a.printer.example', 'printer.example.org', 'xprinter.example', '127.0.0.1']) {
		await expect(post(`http://${host}:${receiver.port}/`, message, steady)).rejects.toMatchObject(refused);
	}
	expect(receiver.received).toHaveLength(3);
});

test('https keeps the name for the certificate, and takes no other one', async () => {
	const receiver = await startReceiver({ tls: true });
	const rules = { allow: ['localhost', 'other.example', '127.0.0.1'], resolve: async () => [here] };
	expect(await post(receiver.url, message, rules)).toMatchObject({ status: 204 });
	for (const host of ['other.example', '127.0.0.1']) {
		await expect(post(`https://${host}:${receiver.port}/`, message, rules)).rejects.toMatchObject({
			failure: 'certificate'
		});
	}
	expect(receiver.received).toHaveLength(1);
	const plain = await startReceiver();
	await expect(post(plain.url.replace('http:', 'https:'), message, rules)).rejects.toMatchObject({
		failure: 'certificate'
	});
	await expect(post(plain.url, message, rules)).rejects.toMatchObject(refused); // http is not for everybody
	expect(plain.received).toEqual([]);
});

test.each<[Reply, unknown]>([
	[{ status: 200, body: 'x'.repeat(100) }, { status: 200 }],
	[{ status: 500 }, { status: 500 }],
	[
		{ status: 429, headers: { 'retry-after': '120' } },
		{ status: 429, retryAfter: '120' }
	],
	['hang', { failure: 'timeout' }],
	['hang after 200', { status: 200 }],
	['reset', { failure: 'connection' }],
	['garbage', { failure: 'answer' }],
	['endless headers', { failure: 'answer' }],
	['gigabyte', { status: 200 }]
])('an answer of %o comes to %o', async (reply, expected) => {
	const receiver = await startReceiver();
	receiver.reply(reply);
	const rules = {
		allow: ['127.0.0.1'],
		http: true,
		timeoutMs: String(reply).startsWith('hang') ? 300 : 15_000
	};
	const result = await post(receiver.url, message, rules).catch((error: unknown) => error);
	expect(result).toMatchObject(expected as object);
	const [socket] = receiver.sockets;
	await expect.poll(() => socket!.destroyed).toBe(true); // nobody goes on listening
	// What a machine takes in before anybody reads is a few megabytes.
	expect(socket!.bytesWritten).toBeLessThan(32 * 1024 * 1024);
});

test.each([301, 302, 303, 307, 308])('a redirect (%d) is an answer, and not followed', async (status) => {
	const [from, to] = [await startReceiver(), await startReceiver()];
	from.reply({ status, headers: { location: to.url } });
	const rules = { allow: ['127.0.0.1'], http: true };
	expect(await post(from.url, message, rules)).toMatchObject({ status });
	expect([from.received.length, to.sockets.length]).toEqual([1, 0]);
});

test('a look-up that never ends counts into the time there is', async () => {
	const rules = { allow: [], resolve: () => new Promise<never>(() => undefined), timeoutMs: 50 };
	const late = { failure: 'timeout' };
	await expect(checkAddress('https://slow.example/', rules)).rejects.toMatchObject(late);
	await expect(post('https://slow.example/', message, rules)).rejects.toMatchObject(late);
});

test('variables that name a proxy change nothing', async () => {
	const [receiver, proxy] = [await startReceiver(), await startReceiver()];
	const address = `http://127.0.0.1:${proxy.port}`;
	for (const scheme of ['HTTP', 'HTTPS', 'ALL']) {
		for (const name of [`${scheme}_PROXY`, `${scheme}_PROXY`.toLowerCase()]) vi.stubEnv(name, address);
	}
	for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
	vi.stubEnv('NODE_USE_ENV_PROXY', '1');
	const { out, err } = await runProgram('egress', receiver.url).ended;
	vi.unstubAllEnvs();
	expect({ out: out.trim(), err }).toEqual({ out: '{"byEgress":204,"asUsual":204}', err: '' });
	expect(receiver.received.map(({ body }) => body)).toEqual(['by egress']);
	// They do lead there, for whoever heeds them.
	expect(proxy.received.map(({ path, body }) => ({ path, body }))).toEqual([
		{ path: receiver.url, body: 'as usual' }
	]);
});

test('a host of the operator’s is looked up once and may be anywhere; one that does not answer is given up', async () => {
	const socket = await egressConnect('localhost', port, 5000);
	await once(socket, 'close');
	expect(connections).toBe(1);
	await expect(egressConnect('127.0.0.1', 1, 5000)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
