/** What a group's pages know from live events: when to load again, who is looking, what has just been changed by whom. */
import { createContext, untrack } from 'svelte';
import { goto } from '$app/navigation';
import { m } from '#lib/paraglide/messages.js';
import { live } from '#lib/realtime/client.svelte.ts';
import { Refresh } from '#lib/refresh.ts';
import { reload } from '#lib/reload.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { newestRevision } from './revisions.ts';

/** How long it stays to be seen who changed something. */
const freshMs = 4000;

type Shown = { id: string; name: string; revision: number; me: { memberId: string } };

export class LiveGroup {
	/** The members who are looking at the group now. */
	here: readonly string[] = $state.raw([]);
	/** What others have changed within the last seconds (an expense, a settlement, a member), and which member did. */
	fresh: Readonly<Record<string, string>> = $state.raw({});
	readonly #shown: () => Shown;
	#refresh: Refresh | undefined;
	/** The person is not in the group any more: nothing of it is shown. */
	isGone: boolean = $state(false);

	/** `shown`: the group as it was loaded last. Loads must read its revision before all else that a page shows of it. */
	constructor(shown: () => Shown) {
		this.#shown = shown;
	}

	/** Loads the group's pages again, after a change of one's own say. Resolves when they show it. */
	async refresh(): Promise<void> {
		await this.#refresh?.ask();
	}

	/** Goes where the person's groups are: they are not in this one any more, or there is none. */
	async gone({ deleted } = { deleted: false }): Promise<void> {
		if (this.isGone) return;
		this.isGone = true;
		this.#refresh?.stop();
		const { name } = this.#shown();
		toasts.show(deleted ? m.groups_deleted({ name }) : m.groups_gone({ name }));
		await goto('/groups');
	}

	/** Begins to listen for a group, and tells the others that it is on the screen. Returns how to stop. */
	watch(groupId: string): () => void {
		const refresh = new Refresh(() => reload('quits:group'));
		this.#refresh = refresh;
		this.isGone = false;
		this.here = [];
		this.fresh = {};
		const focus = () => live.focus(document.visibilityState === 'visible' ? groupId : null);
		// Each load brings a new group object, which is no reason to listen anew.
		const isNewer = (revision: number) => revision > untrack(this.#shown).revision;
		const stops = [
			live.on('group:changed', async (event) => {
				if (event.groupId !== groupId) return;
				if (isNewer(event.revision)) await refresh.ask();
				if (event.subjectId && event.actorId !== this.#shown().me.memberId) {
					this.#freshen(event.subjectId, event.actorId);
				}
			}),
			live.on('group:left', (event) => void (event.groupId === groupId && this.gone(event))),
			live.on('group:presence', (event) => {
				if (event.groupId === groupId) this.here = event.memberIds;
			}),
			// The frame loads everything again then; the server has forgotten what is on the screen.
			live.onConnect(focus)
		];
		document.addEventListener('visibilitychange', focus);
		focus();
		// It may have changed between the load of the page and now.
		if (isNewer(newestRevision(groupId))) void refresh.ask();
		return () => {
			stops.forEach((stop) => stop());
			document.removeEventListener('visibilitychange', focus);
			refresh.stop();
			live.focus(null);
		};
	}

	#freshen(subjectId: string, actorId: string): void {
		const fresh = { ...this.fresh, [subjectId]: actorId };
		this.fresh = fresh;
		setTimeout(() => {
			if (this.fresh[subjectId] !== actorId) return;
			const { [subjectId]: _, ...rest } = this.fresh;
			this.fresh = rest;
		}, freshMs);
	}
}

/** The group that a page is in. */
export const [getLiveGroup, setLiveGroup] = createContext<LiveGroup>();
