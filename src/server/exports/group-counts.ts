import type { Db } from '../db/client.ts';
import { findMembership } from '../groups/membership.ts';
import type { Person } from './transactions.ts';

/** How many rows the long tables of a group's export have, by their keys. Error: NOT_FOUND. */
export async function countGroupRows(
	db: Db,
	person: Pick<Person, 'id'>,
	id: string
): Promise<Record<string, number>> {
	const { groupId } = await findMembership(db, person.id, id);
	const [expenses, shares, settlements] = await Promise.all([
		db.expense.count({ where: { groupId, deletedAt: null } }),
		db.expensePart.count({ where: { groupId, share: { not: 0 }, expense: { deletedAt: null } } }),
		db.settlement.count({ where: { groupId, deletedAt: null } })
	]);
	return { expenses, shares, settlements };
}
