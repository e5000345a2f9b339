/** Expenses that were added without a network: what waits, and how it goes out. */
import type { Inputs } from '#lib/trpc.ts';

/** A type, not an interface: it is stored as it is. */
export type Waiting = {
	/** The expense's: sent twice, it is added once. */
	id: string;
	/** Whose it is; others who use this browser do not see it. */
	userId: string;
	groupId: string;
	expense: Inputs['expenses']['create'];
	queuedAt: string;
	/** Why the server would not take it, in the person's language; null while it has not been asked. */
	problem: string | null;
};

export type Sent = { ok: true } | { ok: false; reached: boolean; message: string };

export type Outcome = { sent: string[]; refused: Waiting[] };

/**
 * Sends what waits, oldest first. What is refused is kept with the reason and not sent again by itself; where nothing reaches
 * the server it ends, and the rest stays as it is.
 */
export async function sendAll(
	waiting: readonly Waiting[],
	send: (expense: Waiting['expense']) => Promise<Sent>
): Promise<Outcome> {
	const outcome: Outcome = { sent: [], refused: [] };
	const due = waiting
		.filter(({ problem }) => problem === null)
		.sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : a.queuedAt > b.queuedAt ? 1 : 0));
	for (const one of due) {
		const answer = await send(one.expense);
		if (answer.ok) outcome.sent.push(one.id);
		else if (!answer.reached) break;
		else outcome.refused.push({ ...one, problem: answer.message });
	}
	return outcome;
}
