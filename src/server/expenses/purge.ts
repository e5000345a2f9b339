import type { Db } from '../db/client.ts';
import { restorableSince } from '../restorable.ts';

/** Deletes for good what was removed so long ago that it cannot be restored. What was settled for it stays. */
export async function purgeExpenses(db: Db, now = new Date()): Promise<void> {
	await db.expense.deleteMany({ where: { deletedAt: { lt: restorableSince(now) } } });
}
