/**
 * What the time of an answer tells about who has an account: 200 pairs of a known and an unknown address, one after the other,
 * first one and then the other in turns, each as an HTTP request to the real build with a mail server behind it. The figure is
 * the median of the differences within the pairs; the ratio is that of the two medians.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { median, report } from './support/figures.ts';
import { signUp, startServer } from './support/server.ts';

const pairs = 200;
const known = 'ana@example.org';
const password = 'seven otters cross rivers';

const mailServer = new SMTPServer({
	authOptional: true,
	disabledCommands: ['STARTTLS'],
	onData: (stream, _session, done) => void stream.resume().once('end', () => done())
});
mailServer.listen(0, '127.0.0.1');
await once(mailServer.server, 'listening');
const { port } = mailServer.server.address() as AddressInfo;
const server = await startServer({
	env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'quits@example.org' }
});
(await signUp(server.url, 'ana')).leave();

/** Makes a call and returns how long its answer took, in ms. */
async function timed(procedure: string, input: unknown): Promise<number> {
	const started = performance.now();
	const response = await fetch(`${server.url}/api/trpc/${procedure}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(input)
	});
	await response.text();
	return performance.now() - started;
}

const calls: Record<string, (email: string) => Promise<number>> = {
	'sign-in': (email) => timed('auth.login', { email, password }),
	register: (email) => timed('auth.register', { email, name: 'Somebody', password }),
	reset: (email) => timed('auth.requestReset', { email })
};

for (const [name, call] of Object.entries(calls)) {
	const times = { known: [] as number[], unknown: [] as number[] };
	for (let pair = -5; pair < pairs; pair++) {
		const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
		for (const who of order) {
			const ms = await call(who === 'known' ? known : `nobody-${name}-${pair + 5}@example.org`);
			// The first pairs warm up what is loaded once: dictionaries, the hash of nobody.
			if (pair >= 0) times[who].push(ms);
			await delay(20);
		}
	}
	report({
		name: `${name}-gap-known-unknown`,
		value: Math.abs(median(times.known.map((ms, pair) => ms - times.unknown[pair]!))),
		unit: 'ms',
		ratio: median(times.known) / median(times.unknown),
		against: 'an unknown address'
	});
}
await server.stop();
mailServer.close();
