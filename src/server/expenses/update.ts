import { isDeepStrictEqual } from 'node:util';
import { seedOf } from '#lib/groups/apportion.ts';
import type { ActivityChanges } from '#lib/groups/activity.ts';
import type { ExpenseUpdate } from '#lib/groups/expense.ts';
import { inOrder } from '#lib/groups/members-of.ts';
import type { Payer } from '#lib/groups/parts.ts';
import type { Split } from '#lib/groups/split.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { isScheduledSo, scheduleChange } from '../schedules/change.ts';
import { requireFree } from '../transactions/tie.ts';
import { findExpense } from './find.ts';
import { checkCategory, moneyColumns, partRows, reckon, type Reckoned } from './reckon.ts';
import { conversionOf, expenseView, type ExpenseRow, type ExpenseView } from './view.ts';

/**
 * Changes an expense, starting from a version of it. What is the same already changes nothing, from whatever version: a call
 * that is sent again is answered like the first. Errors: CONFLICT with `current` (somebody else has changed or,
 * `expense_removed`, removed it since), CONFLICT (`transaction_taken`, `transaction_in_transfer`), INVALID (see {@link reckon}), NOT_FOUND.
 */
export function updateExpense(
	app: App,
	membership: Membership,
	{ id, version, ...sent }: ExpenseUpdate,
	locale = 'en'
): Promise<ExpenseView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const before = await findExpense(tx, membership, id);
		const fields = { ...sent, conversion: conversionFor(before, sent) };
		const conflict = (now: ExpenseRow): DomainError =>
			new DomainError('CONFLICT', now.deletedAt ? 'expense_removed' : 'expense_changed', {
				current: expenseView(now, membership)
			});
		if (before.deletedAt) throw conflict(before);
		checkCategory(fields.categoryId);
		const transactionId = transactionFor(membership, before, fields.transactionId);
		const known = before.parts.map(({ memberId }) => memberId);
		const about = { seed: seedOf(before), known, locale };
		// Somebody who works on an old version is told of the new one, not of what does not fit together with it.
		if (before.version !== version) {
			const same = await reckon(tx, membership.groupId, fields, about).catch((error: unknown) => {
				if (error instanceof DomainError) throw conflict(before);
				throw error;
			});
			const isSame = Object.keys(changesOf(before, fields, same, transactionId)).length === 0;
			if (!isSame || !(await isScheduledSo(tx, membership, before, fields))) throw conflict(before);
			return expenseView(before, membership);
		}
		if (transactionId !== before.transactionId) await requireFree(tx, membership.userId, transactionId);
		const reckoned = await reckon(tx, membership.groupId, fields, about);
		const schedule = await scheduleChange(tx, membership, before, fields);
		const changes = { ...changesOf(before, fields, reckoned, transactionId), ...schedule?.changes };
		if (Object.keys(changes).length === 0) return expenseView(before, membership);
		const { description, date, currency, amount, categoryId, notes } = fields;
		const { count } = await tx.expense.updateMany({
			where: { id, groupId: membership.groupId, version, deletedAt: null },
			data: {
				version: { increment: 1 },
				description,
				date,
				currency,
				amount,
				notes,
				...moneyColumns(reckoned),
				categoryId: categoryId || null,
				transactionId,
				...(schedule && { scheduleId: schedule.scheduleId })
			}
		});
		if (count === 0) throw conflict(await findExpense(tx, membership, id));
		await tx.expensePart.deleteMany({ where: { expenseId: id } });
		await tx.expensePart.createMany({ data: partRows(id, membership.groupId, reckoned) });
		await recordChange(tx, app, membership, {
			kind: 'expense_updated',
			subjectId: id,
			summary: { title: description, amount, currency },
			changes
		});
		return expenseView(await findExpense(tx, membership, id), membership);
	});
}

/** What was stated before holds while nothing else is said, as long as it is about the same currency. */
function conversionFor(
	before: ExpenseRow,
	sent: Pick<ExpenseUpdate, 'currency' | 'conversion'>
): ExpenseUpdate['conversion'] {
	const isKept = sent.conversion === undefined && sent.currency === before.currency;
	return isKept ? conversionOf(before) : sent.conversion;
}

/** The link to a bank transaction: only whose transaction it is can take it away. */
function transactionFor(
	{ userId }: Membership,
	{ transactionId, transaction }: ExpenseRow,
	wanted: string | null | undefined
): string | null {
	const isOthers = transaction !== null && transaction.userId !== userId;
	return wanted === undefined || isOthers ? transactionId : wanted;
}

type Fields = Pick<ExpenseUpdate, 'description' | 'date' | 'currency' | 'amount' | 'categoryId' | 'notes'>;

/** Field → before and after, of those that differ. */
function changesOf(
	row: ExpenseRow,
	fields: Fields,
	reckoned: Reckoned,
	transactionId: string | null
): ActivityChanges {
	const before = {
		description: row.description,
		date: row.date,
		currency: row.currency,
		amount: Number(row.amount),
		payers: inOrder.payers(row.payers as Payer[]),
		split: inOrder.split(row.split as Split),
		conversion: conversionOf(row),
		categoryId: row.categoryId,
		notes: row.notes,
		transaction: row.transactionId
	};
	const after = {
		description: fields.description,
		date: fields.date,
		currency: fields.currency,
		amount: fields.amount,
		payers: inOrder.payers(reckoned.payers),
		split: inOrder.split(reckoned.split),
		conversion: conversionOf(reckoned),
		categoryId: fields.categoryId || null,
		notes: fields.notes,
		transaction: transactionId
	};
	const changes: ActivityChanges = {};
	for (const key of Object.keys(before) as (keyof typeof before)[]) {
		if (isDeepStrictEqual(before[key], after[key])) continue;
		// Which transaction it is, is its owner's business.
		changes[key] =
			key === 'transaction' ? [before[key] !== null, after[key] !== null] : [before[key], after[key]];
	}
	return changes;
}
