/** Lets group pages open without a network, as they were. Everything else passes by. */
import { assets, immutable } from '$app/manifest';
import { version } from '$app/env';
import { self as worker } from '$app/service-worker';
import { keep, kept, keptAt, keptName } from '#lib/offline/kept.ts';
import type { FromWorker, ToWorker } from '#lib/offline/messages.ts';
import { kindOf, type Kind } from '#lib/offline/requests.ts';

const filesName = `quits-files-${version}`;
const files = [...immutable, ...assets].map(({ path }) => new URL(path, worker.location.origin).pathname);
const isFile = new Set(files);
/** What every page needs to run. */
const scripts = files.filter((path) => /\.(?:js|css)$/.test(path));
/** The last request reached nobody, whatever the browser says of its network. */
let isCutOff = false;
/** Documents that were answered with what was kept, by the page that they became. */
const keptPages = new Map<string, string>();

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver(): Promise<void> {
	const current = [filesName, keptName(version)];
	const old = (await caches.keys()).filter((name) => name.startsWith('quits-') && !current.includes(name));
	await Promise.all(old.map((name) => caches.delete(name)));
	await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { pathname, origin } = new URL(request.url);
	const isOurs = request.method === 'GET' && origin === worker.location.origin;
	// With a network the browser does this better alone: it has asked for the files before the page does.
	if (isOurs && isFile.has(pathname) && (isCutOff || !navigator.onLine)) {
		return event.respondWith(file(request));
	}
	const kind = kindOf(request, worker.location.origin);
	if (kind) event.respondWith(networkFirst(event, kind));
});

/** A file of the build never changes: its name does. */
async function file({ url }: Request): Promise<Response> {
	const cache = await caches.open(filesName);
	return (await cache.match(url)) ?? fetch(url);
}

async function networkFirst(event: FetchEvent, kind: Kind): Promise<Response> {
	const { request, clientId, resultingClientId } = event;
	const cache = await caches.open(keptName(version));
	let response: Response;
	try {
		response = await fetch(request);
		isCutOff = false;
	} catch (error) {
		isCutOff = true;
		const answer = await kept(cache, kind, request.url);
		if (!answer) throw error;
		const at = keptAt(answer);
		if (kind.kind === 'page' && at !== null) keptPages.set(resultingClientId, at);
		else event.waitUntil(tell(clientId, at));
		return answer;
	}
	// A navigation that is sent elsewhere says no more than that.
	if (response.type !== 'opaqueredirect') {
		event.waitUntil(keep(cache, kind, request.url, response.clone(), new Date()));
	}
	event.waitUntil(tell(clientId, null));
	return response;
}

async function tell(clientId: string, at: string | null): Promise<void> {
	const client = clientId ? await worker.clients.get(clientId) : undefined;
	client?.postMessage({ type: 'answered', keptAt: at } satisfies FromWorker);
}

worker.addEventListener('message', (event) => {
	// Only pages of ours can send any.
	const message = event.data as ToWorker;
	if (message.type === 'keep') event.waitUntil(keepAll(message));
	const page = event.source instanceof Client ? event.source : null;
	const at = page && keptPages.get(page.id);
	if (message.type === 'how' && at) page.postMessage({ type: 'answered', keptAt: at } satisfies FromWorker);
});

/** Loads what has not been loaded yet; without a network that is nothing. */
async function keepAll({ paths, fonts }: Extract<ToWorker, { type: 'keep' }>): Promise<void> {
	const cache = await caches.open(keptName(version));
	for (const path of paths) {
		const request = new Request(new URL(path, worker.location.origin), { headers: { accept: 'text/html' } });
		const response = await fetch(request).catch(() => null);
		if (response) await keep(cache, { kind: 'page' }, request.url, response, new Date());
	}
	const store = await caches.open(filesName);
	const there = new Set((await store.keys()).map(({ url }) => new URL(url).pathname));
	const wanted = [...scripts, ...fonts.filter((path) => isFile.has(path))];
	for (const path of wanted.filter((path) => !there.has(path))) {
		const response = await fetch(path).catch(() => null);
		if (!response) return;
		if (response.ok) await store.put(path, response);
	}
}
