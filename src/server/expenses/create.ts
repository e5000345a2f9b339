import { v7 } from 'uuid';
import type { NewExpense } from '#lib/groups/expense.ts';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { lockGroup } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { setSchedule } from '../schedules/set.ts';
import { requireFree } from '../transactions/tie.ts';
import { findExpense } from './find.ts';
import { insertExpense } from './insert.ts';
import { expenseView, type ExpenseView } from './view.ts';

/**
 * Adds an expense to a group. Sent again with the same id it returns what came of the first. Errors: INVALID (see {@link
 * insertExpense}), NOT_FOUND (the transaction), CONFLICT (`id_taken`, `transaction_taken`, `transaction_in_transfer`,
 * `group_archived`).
 */
export async function createExpense(
	app: App,
	membership: Membership,
	{ id = v7(), ...fields }: NewExpense,
	locale = 'en'
): Promise<ExpenseView> {
	const made = inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const before = await tx.expense.findUnique({
			where: { id },
			select: { groupId: true, createdById: true }
		});
		const isMine = before?.groupId === membership.groupId && before.createdById === membership.id;
		if (before && !isMine) throw idTaken();
		if (!before) await insert(tx, app, membership, { id, ...fields }, locale);
		return findExpense(tx, membership, id);
	});
	const row = await made.catch((error: unknown) => {
		// Two groups at once: their locks do not keep them apart.
		if (isDuplicateKey(error, 'Expense')) throw idTaken();
		throw error;
	});
	return expenseView(row, membership);
}

const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');

async function insert(
	tx: Tx,
	app: App,
	membership: Membership,
	{ id, schedule, ...fields }: NewExpense & { id: string },
	locale: string
): Promise<void> {
	await requireFree(tx, membership.userId, fields.transactionId);
	const scheduleId = schedule ? await setSchedule(tx, membership, null, { ...fields, schedule }) : null;
	const changes = schedule ? { changes: { schedule: [null, schedule] as [null, object] } } : {};
	await insertExpense(tx, app, membership, { ...fields, id, scheduleId }, { locale, ...changes });
}
