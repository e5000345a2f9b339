import { mostBudgets } from '#lib/budgets/budget.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

/** Error: CONFLICT (`too_many_budgets`) when whoever is to have one more has as many as there can be. */
export async function requireRoom(
	tx: Tx,
	{ userId, groupId }: { userId: string; groupId: string | null }
): Promise<void> {
	const others = await tx.budget.count({
		where: { ...(groupId === null ? { userId, groupId } : { groupId }), removedAt: null }
	});
	if (others < mostBudgets) return;
	throw new DomainError('CONFLICT', 'too_many_budgets', { params: { most: mostBudgets } });
}
