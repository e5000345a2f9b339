/** The expenses that wait for a network, and that go out when there is one. Browser only. */
import { Store } from '#lib/offline/store.ts';
import { problemOf } from '#lib/problem.ts';
import { live } from '#lib/realtime/client.svelte.ts';
import { reload } from '#lib/reload.ts';
import { api, errorData } from '#lib/trpc.ts';
import { sendAll, type Sent, type Waiting } from './waiting.ts';

const store = new Store<Waiting>('waiting');

class OfflineQueue {
	/** Those of the person who is signed in, oldest first. */
	items: readonly Waiting[] = $state.raw([]);
	#userId = '';
	#channel: BroadcastChannel | undefined;

	/** Begins to send what waits, now and whenever the network comes back. Returns how to stop. */
	start(userId: string): () => void {
		this.#userId = userId;
		const channel = new BroadcastChannel('quits-waiting');
		this.#channel = channel;
		channel.onmessage = () => void this.#load();
		const flush = () => void this.flush();
		addEventListener('online', flush);
		const stopListening = live.onConnect(flush);
		void this.#load().then(flush);
		return () => {
			removeEventListener('online', flush);
			stopListening();
			channel.close();
		};
	}

	/** Keeps an expense until it can be sent; one that waits already is replaced, and keeps its place. Rejects where the browser stores nothing. */
	async add(expense: Waiting['expense'] & { id: string }): Promise<void> {
		const { id, groupId } = expense;
		const queuedAt = (await this.find(id, this.#userId))?.queuedAt ?? new Date().toISOString();
		await store.put({ id, userId: this.#userId, groupId, expense, queuedAt, problem: null });
		await this.#changed();
	}

	/** One of a person's, also before it has begun. None on the server. */
	async find(id: string, userId: string): Promise<Waiting | null> {
		const all = await store.all().catch(() => []);
		return all.find((item) => item.id === id && item.userId === userId) ?? null;
	}

	/** Puts back what was removed. */
	async restore(one: Waiting): Promise<void> {
		await store.put(one);
		await this.#changed();
	}

	async remove(id: string): Promise<void> {
		await store.delete(id);
		await this.#changed();
	}

	/** Tries one again that was refused. */
	async retry(id: string): Promise<void> {
		const one = this.items.find((item) => item.id === id);
		if (!one) return;
		await store.put({ ...one, problem: null });
		await this.#load();
		await this.flush();
	}

	/** Sends what waits, unless another window is doing it. */
	async flush(): Promise<void> {
		if (!navigator.onLine || !this.items.some(({ problem }) => problem === null)) return;
		await navigator.locks.request('quits-waiting', { ifAvailable: true }, async (lock) => {
			if (!lock) return;
			const { sent, refused } = await sendAll(this.items, send);
			for (const id of sent) await store.delete(id);
			for (const one of refused) await store.put(one);
			if (sent.length + refused.length > 0) await this.#changed();
			// The live connection may take longer than the network to be back.
			if (sent.length > 0) await reload('quits:group');
		});
	}

	async #changed(): Promise<void> {
		await this.#load();
		this.#channel?.postMessage('changed');
	}

	async #load(): Promise<void> {
		// Without a database nothing can have been stored either.
		const all = await store.all().catch(() => []);
		this.items = all
			.filter(({ userId }) => userId === this.#userId)
			.sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1));
	}
}

async function send(expense: Waiting['expense']): Promise<Sent> {
	try {
		await api().expenses.create.mutate(expense);
		return { ok: true };
	} catch (error) {
		const { reason, message } = problemOf(error);
		const code = errorData(error)?.code;
		// Busy, restarting or signed out is no refusal: it is tried again.
		const isRefusal =
			code !== undefined && code !== 'UNAVAILABLE' && code !== 'RATE_LIMITED' && reason !== 'signed_out';
		return { ok: false, reached: isRefusal, message };
	}
}

export const offlineQueue = new OfflineQueue();
