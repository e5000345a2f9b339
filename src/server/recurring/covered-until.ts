import type { Db } from '../db/client.ts';

/**
 * The last day an account's statements tell of: its latest transaction. What came after is not known, so nothing after it
 * counts as missed. For an account without transactions the beginning of time.
 */
export async function coveredUntil(db: Db, accountId: string): Promise<string> {
	const latest = await db.transaction.findFirst({
		where: { accountId },
		orderBy: [{ date: 'desc' }, { id: 'desc' }],
		select: { date: true }
	});
	return latest?.date ?? '0001-01-01';
}
