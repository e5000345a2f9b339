import type { Tx } from '../db/client.ts';

/**
 * Counts new expenses of a group, which is locked by now: returns the turn of the first, the others follow on it. What is
 * removed, also for good, leaves its turn behind, so that none comes twice.
 */
export async function takeTurns(tx: Tx, groupId: string, expenses = 1): Promise<number> {
	const { nextTurn } = await tx.group.update({
		where: { id: groupId },
		data: { nextTurn: { increment: expenses } },
		select: { nextTurn: true }
	});
	return nextTurn - expenses;
}
