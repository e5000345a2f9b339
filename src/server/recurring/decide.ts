import type { Db, RecurringStatus } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { coveredUntil } from './covered-until.ts';
import { recurringView, type RecurringView } from './view.ts';

/** Keeps what a person says of a recurring payment that was found. Error: NOT_FOUND. */
export async function decideRecurring(
	db: Db,
	userId: string,
	id: string,
	status: RecurringStatus
): Promise<RecurringView> {
	const [row] = await db.recurring.updateManyAndReturn({ where: { id, userId }, data: { status } });
	if (!row) throw notFound();
	return recurringView(row, await coveredUntil(db, row.accountId));
}
