import type { Db } from '../db/client.ts';

/** How many of a person's transactions wait for a look at their category. */
export const countWaiting = (db: Db, userId: string): Promise<number> =>
	db.transaction.count({ where: { userId, review: true } });
