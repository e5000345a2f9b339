import type { App } from '../app.ts';
import { receiptFiles } from './files.ts';
import { dropUnused } from './remove.ts';

const hour = 3_600_000;

/** Deletes the files that belong to no expense: of purged ones, and what processes that died left behind. */
export async function purgeReceipts(app: Pick<App, 'db' | 'config'>, now = new Date()): Promise<void> {
	// One that is just being written has no row yet.
	for (const { expenseId, drop } of await receiptFiles(app.config, new Date(now.getTime() - hour))) {
		const expense = expenseId && (await app.db.expense.findUnique({ where: { id: expenseId } }));
		if (!expense) await drop();
		else if (expense.receiptType === null) await dropUnused(app, expense.groupId, expense.id);
	}
}
