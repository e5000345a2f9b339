/** Group pages without a network: whether what is shown was kept, and what is to be kept. Browser only. */
import { dev } from '$app/env';
import { reload } from '#lib/reload.ts';
import { api } from '../trpc.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { callKey } from './requests.ts';

/** Groups that were seen since the page was loaded: what follows is kept as it is asked for. */
let seen: readonly string[] = [];
/** The page comes first. */
const patienceMs = 1000;

class Offline {
	/** When what is on the screen was the newest (ISO); null while it comes from the server. */
	keptAt: string | null = $state(null);

	/** Begins to hear of it, and lets the browser keep things from now on. Returns how to stop. */
	start(groupId: string | undefined): () => void {
		if (dev || !('serviceWorker' in navigator)) return () => {};
		const { serviceWorker } = navigator;
		const hear = ({ data }: MessageEvent<FromWorker>) => {
			if (data.type === 'answered') this.keptAt = data.keptAt;
		};
		serviceWorker.addEventListener('message', hear);
		serviceWorker.startMessages();
		const stopped = new AbortController();
		const begin = () => void this.#begin(groupId, stopped.signal);
		const timer = setTimeout(begin, navigator.onLine ? patienceMs : 0);
		return () => {
			stopped.abort();
			clearTimeout(timer);
			serviceWorker.removeEventListener('message', hear);
		};
	}

	async #begin(groupId: string | undefined, stopped: AbortSignal): Promise<void> {
		const { serviceWorker } = navigator;
		// A browser may refuse (private windows do); then there is no offline, and nothing else is missing.
		const registered = await serviceWorker
			.register('/service-worker.js', { type: 'module' })
			.catch(() => null);
		if (!registered) return;
		await serviceWorker.ready;
		if (!serviceWorker.controller) await controlled(serviceWorker);
		post({ type: 'how' });
		if (!navigator.onLine) return loadKept(groupId);
		if (!groupId || stopped.aborted || seen.includes(groupId)) return;
		seen = [...seen, groupId];
		const group = `/groups/${groupId}`;
		post({ type: 'keep', paths: ['/groups', group, `${group}/add`], fonts: fontsInUse() });
		// What the first page was made from has not passed the worker.
		await reload('quits:group');
		// Whoever has left the page may have left the group.
		if (!stopped.aborted) await askAhead(groupId);
	}
}

/** A document that was kept is as old as the last visit; the answers may be newer. */
async function loadKept(groupId: string | undefined): Promise<void> {
	if (!groupId) return;
	const key = callKey({ path: 'groups.get', input: { groupId } });
	if (await caches.match(key)) await reload('quits:group');
}

/**
 * What the pages next to this one would ask; the worker keeps the answers. Loading those pages ahead would not do: what is known
 * already, because somebody has just been there, is not asked again.
 */
async function askAhead(groupId: string): Promise<void> {
	const { groups, settlements, expenses } = api();
	await Promise.all([
		groups.balances.query({ groupId }),
		settlements.list.query({ groupId }),
		expenses.list.query({ groupId, limit: 50 })
	]).catch(() => []); // then there is less without a network
}

const fontsInUse = (): string[] =>
	performance
		.getEntriesByType('resource')
		.map(({ name }) => new URL(name).pathname)
		.filter((path) => path.endsWith('.woff2'));

const controlled = (worker: ServiceWorkerContainer): Promise<unknown> =>
	new Promise((resolve) => worker.addEventListener('controllerchange', resolve, { once: true }));

const post = (message: ToWorker): void => navigator.serviceWorker.controller?.postMessage(message);

export const offline = new Offline();
