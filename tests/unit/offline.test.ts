import { beforeEach, expect, test } from 'vitest';
import { forget, forgetGroup, keep, kept, keptAt, keptName } from '#lib/offline/kept.ts';
import { kindOf, type Kind } from '#lib/offline/requests.ts';

const origin = 'https://quits.test';
const group = '0197c0de-0000-7000-8000-00000000000a';
const now = new Date('2026-03-01T14:03:00.000Z');

/** The browser's caches, as far as they are used. */
class Caches {
	readonly all = new Map<string, Map<string, Response>>();
	keys = async () => [...this.all.keys()];
	delete = async (name: string) => this.all.delete(name);
	open = async (name: string) => {
		const map = this.all.get(name) ?? new Map<string, Response>();
		this.all.set(name, map);
		const key = (address: string | Request) =>
			new URL(typeof address === 'string' ? address : address.url, origin).href;
		return {
			match: async (address: string) => map.get(key(address))?.clone(),
			put: async (address: string, response: Response) => void map.set(key(address), response),
			delete: async (address: string | Request) => map.delete(key(address)),
			keys: async () => [...map.keys()].map((url) => new Request(url))
		} as unknown as Cache;
	};
}

let browser: Caches;
let cache: Cache;
beforeEach(async () => {
	browser = new Caches();
	Object.assign(globalThis, { caches: browser });
	cache = await browser.open(keptName('1'));
});

const get = (path: string, mode = 'cors', method = 'GET') =>
	kindOf({ method, mode, url: origin + path }, origin);

const batch = (...calls: [path: string, input?: unknown][]): string => {
	const inputs = Object.fromEntries(calls.flatMap(([, input], at) => (input ? [[at, input]] : [])));
	const input = encodeURIComponent(JSON.stringify(inputs));
	return `/api/trpc/${calls.map(([path]) => path).join(',')}?batch=1&input=${input}`;
};
const asCalls = (...calls: [path: string, input?: unknown][]): Kind => get(batch(...calls))!;
const answer = (...answers: unknown[]) => Response.json(answers, { status: 200 });

test('pages of groups, their frame and their questions are kept, and nothing else', () => {
	expect(get(`/groups/${group}`, 'navigate')).toEqual({ kind: 'page' });
	expect(get('/groups', 'navigate')).toEqual({ kind: 'page' });
	expect(get(`/groups/${group}/__data.json?x-sveltekit-invalidated=01`)).toEqual({ kind: 'frame' });
	expect(get(batch(['groups.get', { groupId: group }], ['groups.list']))).toEqual({
		kind: 'calls',
		calls: [
			{ path: 'groups.get', input: { groupId: group } },
			{ path: 'groups.list', input: null }
		]
	});
	for (const path of ['/', '/transactions', '/groupsy', '/settings'])
		expect(get(path, 'navigate')).toBeNull();
	expect(get(batch(['transactions.list', {}]))).toBeNull();
	expect(get(batch(['groups.get', { groupId: group }], ['invites.list', { groupId: group }]))).toBeNull();
	expect(get(`/groups/${group}`, 'navigate', 'POST')).toBeNull();
	expect(get(batch(['groups.get', {}]), 'cors', 'POST')).toBeNull();
	expect(kindOf({ method: 'GET', mode: 'navigate', url: 'https://other.test/groups' }, origin)).toBeNull();
});

test('a question is answered as it was, however it is batched', async () => {
	const both = asCalls(['groups.get', { groupId: group }], ['expenses.list', { groupId: group }]);
	await keep(cache, both, '', answer({ result: { data: 1 } }, { result: { data: 2 } }), now);
	const alone = await kept(cache, asCalls(['expenses.list', { groupId: group }]), '');
	expect(await alone!.json()).toEqual([{ result: { data: 2 } }]);
	expect(keptAt(alone!)).toBe(now.toISOString());
	const turned = asCalls(['expenses.list', { groupId: group }], ['groups.get', { groupId: group }]);
	expect(await (await kept(cache, turned, ''))!.json()).toEqual([
		{ result: { data: 2 } },
		{ result: { data: 1 } }
	]);
});

test('half an answer is none', async () => {
	await keep(cache, asCalls(['groups.list']), '', answer({ result: { data: [] } }), now);
	expect(await kept(cache, asCalls(['groups.list'], ['groups.get', { groupId: group }]), '')).toBeNull();
});

test('what is gone is forgotten, what failed is not', async () => {
	const call = asCalls(['groups.get', { groupId: group }]);
	await keep(cache, call, '', answer({ result: { data: 1 } }), now);
	await keep(cache, call, '', answer({ error: { data: { code: 'UNAVAILABLE', httpStatus: 500 } } }), now);
	expect(await kept(cache, call, '')).not.toBeNull();
	await keep(cache, call, '', answer({ error: { data: { code: 'NOT_FOUND', httpStatus: 404 } } }), now);
	expect(await kept(cache, call, '')).toBeNull();
});

test('nothing stays of somebody whose session has ended', async () => {
	const page: Kind = { kind: 'page' };
	const frame: Kind = { kind: 'frame' };
	const address = `${origin}/groups/${group}`;
	const endings: (() => Promise<void>)[] = [
		() => forget(),
		() => keep(cache, { kind: 'signed-out' }, `${origin}/sign-in`, new Response('sign in'), now),
		() => keep(cache, asCalls(['groups.list']), '', answer({ error: { data: { httpStatus: 401 } } }), now),
		() => keep(cache, page, address, new Response('', { status: 401 }), now),
		() => keep(cache, frame, address, new Response('{"type":"redirect","location":"/sign-in"}'), now)
	];
	for (const end of endings) {
		cache = await browser.open(keptName('1'));
		await keep(cache, page, address, new Response('<html>'), now);
		expect(await kept(cache, page, address)).not.toBeNull();
		await end();
		expect(await browser.keys()).toEqual([]);
	}
});

test('of a group that one has left nothing stays', async () => {
	const page: Kind = { kind: 'page' };
	const other = `${origin}/groups/other`;
	await keep(cache, page, `${origin}/groups/${group}`, new Response('<html>'), now);
	await keep(cache, page, other, new Response('<html>'), now);
	const call = asCalls(['groups.get', { groupId: group }]);
	await keep(cache, call, '', answer({ result: { data: 1 } }), now);
	await forgetGroup(group);
	expect(await kept(cache, page, `${origin}/groups/${group}`)).toBeNull();
	expect(await kept(cache, call, '')).toBeNull();
	expect(await kept(cache, page, other)).not.toBeNull();
});

test('a page that is not there any more is not kept', async () => {
	const page: Kind = { kind: 'page' };
	const address = `${origin}/groups/${group}`;
	await keep(cache, page, address, new Response('<html>'), now);
	await keep(cache, page, address, new Response('gone', { status: 404 }), now);
	expect(await kept(cache, page, address)).toBeNull();
});
