import type { Db } from '../db/client.ts';
import { restorableSince } from '../restorable.ts';

/** Deletes for good what was removed so long ago that it cannot be restored, with its alerts and how they were told. */
export async function purgeBudgets(db: Db, now = new Date()): Promise<void> {
	await db.budget.deleteMany({ where: { removedAt: { lt: restorableSince(now) } } });
}
