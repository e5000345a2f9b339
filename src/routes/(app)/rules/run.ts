import { formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';

/** Does with what is there what rules say (all of them, or one), to its end; the toast takes all of it back. Browser only. */
export async function runRules(which: { id?: string; overOwn?: boolean }): Promise<void> {
	const { rules } = api();
	const runs: string[] = [];
	let [changed, made] = [0, 0];
	let cursor: string | undefined;
	do {
		const done = await rules.run.mutate({ ...which, cursor });
		if (done.runId) runs.push(done.runId);
		changed += done.changed;
		made += done.split;
		cursor = done.nextCursor ?? undefined;
	} while (cursor);
	const undo = async () => {
		let [back, left] = [0, 0];
		for (const runId of runs.toReversed()) {
			const undone = await rules.undo.mutate({ runId });
			back += undone.changed + undone.split;
			left += undone.left;
		}
		toasts.show(undoneText(back, left));
	};
	toasts.show(ranText(changed, made), { tone: 'good', ...(runs.length > 0 && { undo }) });
}

function ranText(changed: number, made: number): string {
	const changes = m.rules_ran({ count: changed, number: formatNumber(changed) });
	if (made === 0) return changes;
	const splits = m.rules_ran_splits({ count: made, number: formatNumber(made) });
	return changed === 0 ? splits : m.rules_ran_both({ changed: changes, made: splits });
}

function undoneText(back: number, left: number): string {
	if (left === 0) return m.rules_undone();
	return back === 0
		? m.rules_undone_none()
		: m.rules_undone_partly({ count: left, number: formatNumber(left) });
}
