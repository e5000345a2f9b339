/**
 * Answers about groups that are kept for when there is no network. The Cache API is the same in pages and in the service
 * worker; all of it goes when the person signs out.
 */
import { callKey, frameKey, pageKey, type Call, type Kind } from './requests.ts';

const prefix = 'quits-kept-';
/** A build of its own: its pages name files that only it has. */
export const keptName = (version: string): string => prefix + version;

const timeHeader = 'x-quits-kept-at';

/** Forgets everything that is kept of a person. */
export async function forget(): Promise<void> {
	await Promise.all((await keptNames()).map((name) => caches.delete(name)));
}

/** Forgets a group that the person is not in any more. */
export async function forgetGroup(groupId: string): Promise<void> {
	for (const name of await keptNames()) {
		const cache = await caches.open(name);
		const keys = (await cache.keys()).filter(({ url }) => url.includes(groupId));
		await Promise.all(keys.map((key) => cache.delete(key)));
	}
}

/** None where the browser keeps nothing: over plain http from another machine, say. */
const keptNames = async (): Promise<string[]> =>
	'caches' in globalThis ? (await caches.keys()).filter((name) => name.startsWith(prefix)) : [];

/** When an answer was the newest (ISO); null for one that comes from the server. */
export const keptAt = (response: Response): string | null => response.headers.get(timeHeader);

/** Keeps an answer, or forgets what it says is over. `response` is used up. */
export async function keep(
	cache: Cache,
	kind: Kind,
	address: string,
	response: Response,
	now: Date
): Promise<void> {
	if (response.status === 401 || kind.kind === 'signed-out') return forget();
	if (kind.kind === 'calls') return keepCalls(cache, kind.calls, response, now);
	if (response.status !== 200 || response.redirected) return void (await cache.delete(keyOf(kind, address)));
	const text = await response.text();
	// A redirect in the clothes of an answer: the session has ended.
	if (kind.kind === 'frame' && /^\{"type":"redirect"/.test(text)) return forget();
	await cache.put(keyOf(kind, address), stamped(text, response.headers, now));
}

const keyOf = (kind: Kind, address: string): string => (kind.kind === 'frame' ? frameKey : pageKey(address));

type Answer = { result?: unknown; error?: { data?: { code?: string; httpStatus?: number } } };

async function keepCalls(cache: Cache, calls: Call[], response: Response, now: Date): Promise<void> {
	const answers = (await response.json().catch(() => null)) as Answer[] | null;
	if (!Array.isArray(answers)) return;
	if (answers.some(({ error }) => error?.data?.httpStatus === 401)) return forget();
	for (const [at, call] of calls.entries()) {
		const answer = answers[at];
		if (answer?.result) {
			await cache.put(callKey(call), stamped(JSON.stringify(answer), response.headers, now));
		} else if (answer?.error?.data?.code === 'NOT_FOUND') await cache.delete(callKey(call));
	}
}

function stamped(body: string, headers: Headers, now: Date): Response {
	const kept = new Headers(headers);
	kept.set(timeHeader, now.toISOString());
	// The body is the plain text by now.
	for (const name of ['content-encoding', 'content-length']) kept.delete(name);
	return new Response(body, { headers: kept });
}

/** What was kept for a request; null when that is not everything it asks for. */
export async function kept(cache: Cache, kind: Kind, address: string): Promise<Response | null> {
	if (kind.kind === 'signed-out') return null;
	if (kind.kind !== 'calls') return (await cache.match(keyOf(kind, address))) ?? null;
	const answers: string[] = [];
	let oldest: string | null = null;
	for (const call of kind.calls) {
		const answer = await cache.match(callKey(call));
		if (!answer) return null;
		const at = keptAt(answer);
		if (at !== null && (oldest === null || at < oldest)) oldest = at;
		answers.push(await answer.text());
	}
	return new Response(`[${answers.join(',')}]`, {
		headers: { 'content-type': 'application/json', [timeHeader]: oldest ?? '' }
	});
}
