/** The newest revision that was heard of each group, also while no page of it was open. Browser only. */
import { live } from '#lib/realtime/client.svelte.ts';

const newest = new Map<string, number>();

/** Begins to note them. Returns how to stop. */
export const noteRevisions = (): (() => void) =>
	live.on('group:changed', ({ groupId, revision }) => {
		if (revision > newestRevision(groupId)) newest.set(groupId, revision);
	});

/** 0 when none was heard of yet. */
export const newestRevision = (groupId: string): number => newest.get(groupId) ?? 0;
