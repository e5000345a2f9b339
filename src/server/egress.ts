/**
 * The one way out to addresses that people choose. A name is looked up once, everything that is found must be on the public
 * internet, and the connection goes to just that (docs/decisions/032-egress.md).
 */
import { lookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { promisify } from 'node:util';
import ipaddr from 'ipaddr.js';
import type { EgressFailure } from '#lib/webhooks.ts';
import { Semaphore } from './semaphore.ts';

export type Resolve = (name: string) => Promise<LookupAddress[]>;

export type EgressRules = {
	/** Hosts (as {@link hostOf} writes them) that the operator lets people reach wherever they are. */
	allow: readonly string[];
	/** Whether `http:` will do; else only `https:`. */
	http?: boolean;
	/** How names are looked up; left out: as this machine does it. */
	resolve?: Resolve;
	/** For the whole exchange, looking up included. */
	timeoutMs?: number;
};

/** What came back. Nothing of the body is kept. */
export type EgressAnswer = { status: number; retryAfter: string | undefined };

/** There is no answer. `address` is all that is ever said of an address that is refused, and of a name that is none. */
export class EgressError extends Error {
	override name = 'EgressError';
	readonly failure: EgressFailure;

	constructor(failure: EgressFailure, options?: ErrorOptions) {
		super(failure, options);
		this.failure = failure;
	}
}

const exchangeMs = 15_000;
/** How much of an answer is read before the connection is cut. */
const mostAnswered = 16 * 1024;
const mostHeaders = 16 * 1024;

// The system looks names up in threads that files and passwords need too: slow names must not take them all.
const looking = new Semaphore(2);
const lookUp = promisify(lookup);
const resolveHere: Resolve = (name) => looking.run(() => lookUp(name, { all: true, order: 'verbatim' }));

/** A host as it is compared: canonical as the URL has it, without the brackets of IPv6 and the dot at the end of a name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$|\.$/g, '');

type Target = { url: URL; addresses: LookupAddress[] };

/**
 * Finds out where a URL leads without going there. Error: EgressError (`address`: it is none, has a name or password in it,
 * is no https, is not found, or anything it leads to is not public; `timeout`).
 */
export async function checkAddress(url: string, rules: EgressRules): Promise<void> {
	await targetOf(url, rules, AbortSignal.timeout(rules.timeoutMs ?? exchangeMs));
}

async function targetOf(text: string, rules: EgressRules, signal: AbortSignal): Promise<Target> {
	const url = URL.parse(text);
	if (!url || url.username !== '' || url.password !== '') throw new EgressError('address');
	if (url.protocol !== 'https:' && !(rules.http && url.protocol === 'http:'))
		throw new EgressError('address');
	const host = hostOf(url);
	const addresses = await addressesOf(host, rules.resolve ?? resolveHere, signal);
	const isAllowed =
		addresses.length > 0 &&
		(rules.allow.includes(host) || addresses.every(({ address }) => isPublic(address)));
	if (!isAllowed) throw new EgressError('address');
	return { url, addresses };
}

async function addressesOf(host: string, resolve: Resolve, signal: AbortSignal): Promise<LookupAddress[]> {
	const family = isIP(host);
	if (family !== 0) return [{ address: host, family }];
	const late = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(new EgressError('timeout')), { once: true });
	});
	const found = resolve(host).catch((cause: unknown) => {
		throw new EgressError('address', { cause });
	});
	return Promise.race([found, late]);
}

const unicast6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is of the public internet: in none of the ranges that have a special purpose. */
function isPublic(address: string): boolean {
	if (!ipaddr.isValid(address)) return false;
	const parsed = ipaddr.parse(address);
	if (parsed.range() !== 'unicast') return false;
	// Outside of that IPv6 has only what is unassigned, embeds IPv4 in some old way, or stays within a site.
	return parsed instanceof ipaddr.IPv4 || parsed.match(unicast6);
}

/**
 * Sends a body to a URL that a person chose, as a POST. Redirects are answers like any other. Error: EgressError.
 */
export async function post(
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string },
	rules: EgressRules
): Promise<EgressAnswer> {
	const signal = AbortSignal.timeout(rules.timeoutMs ?? exchangeMs);
	const target = await targetOf(url, rules, signal);
	return exchange(target, { headers, body: Buffer.from(body) }, signal);
}

function exchange(
	{ url, addresses }: Target,
	{ headers, body }: { headers: Record<string, string>; body: Buffer },
	signal: AbortSignal
): Promise<EgressAnswer> {
	const { request, Agent } = url.protocol === 'https:' ? https : http;
	return new Promise((resolve, reject) => {
		let answer: EgressAnswer | undefined;
		let failure: Error | undefined;
		const outgoing = request(url, {
			method: 'POST',
			headers: { ...headers, 'content-length': body.length },
			// One of its own: it keeps no connection, and no variable sends it through a proxy.
			agent: new Agent({ keepAlive: false }),
			lookup: answerWith(addresses),
			maxHeaderSize: mostHeaders,
			signal
		});
		outgoing.on('error', (error) => (failure ??= error));
		outgoing.on('response', (incoming) => {
			answer = { status: incoming.statusCode ?? 0, retryAfter: incoming.headers['retry-after'] };
			let read = 0;
			// The far side may stop working on what it answers as soon as nobody listens, so some is listened to.
			incoming.on('data', (piece: Buffer) => {
				read += piece.length;
				if (read >= mostAnswered) outgoing.destroy();
			});
			incoming.on('error', () => undefined); // its status has come, and tells
		});
		outgoing.on('close', () => {
			if (answer) resolve(answer);
			else reject(new EgressError(failureOf(failure, signal), { cause: failure }));
		});
		outgoing.end(body);
	});
}

/** Says what has been looked up and checked, so that nothing looks it up again. */
const answerWith =
	(addresses: LookupAddress[]): LookupFunction =>
	(_name, options, answer) => {
		if (options.all) answer(null, addresses);
		else answer(null, addresses[0]!.address, addresses[0]!.family);
	};

function failureOf(error: Error | undefined, signal: AbortSignal): EgressFailure {
	if (signal.aborted) return 'timeout';
	const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
	if (code.startsWith('HPE_')) return 'answer';
	return /CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code) ? 'certificate' : 'connection';
}

/**
 * Opens a connection to a host that the operator has named in the settings (of mail), which may be on a private network. It is
 * looked up once. Throws when there is none within `timeoutMs`.
 */
export function egressConnect(host: string, port: number, timeoutMs: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connect({ host, port });
		const timer = setTimeout(() => socket.destroy(new EgressError('timeout')), timeoutMs);
		socket.on('error', reject); // stays: whoever takes the connection over may not listen yet
		socket.once('connect', () => resolve(socket));
		socket.once('connect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
	});
}
