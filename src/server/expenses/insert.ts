import type { ActivityChanges } from '#lib/groups/activity.ts';
import type { ExpenseFields } from '#lib/groups/expense.ts';
import type { App } from '../app.ts';
import type { Tx } from '../db/client.ts';
import { recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { takeTurns } from './turns.ts';
import { checkCategory, moneyColumns, partRows, reckon } from './reckon.ts';

type Inserted = Omit<ExpenseFields, 'schedule'> & { id: string; scheduleId: string | null };
type Words = { locale: string; changes?: ActivityChanges };

/**
 * Writes a new expense with its parts, in the name of a member, and tells the group. The group is locked by now, and the id
 * free. Errors: INVALID (see {@link reckon}).
 */
export async function insertExpense(
	tx: Tx,
	app: Pick<App, 'live'>,
	author: Pick<Membership, 'id' | 'groupId'>,
	{ id, scheduleId, ...fields }: Inserted,
	{ locale, changes }: Words
): Promise<void> {
	const { groupId } = author;
	checkCategory(fields.categoryId);
	const turn = await takeTurns(tx, groupId);
	const reckoned = await reckon(tx, groupId, fields, { seed: turn, locale });
	const { description, date, currency, amount, notes } = fields;
	await tx.expense.create({
		data: {
			id,
			groupId,
			turn,
			description,
			date,
			currency,
			amount,
			notes,
			...moneyColumns(reckoned),
			categoryId: fields.categoryId || null,
			transactionId: fields.transactionId ?? null,
			scheduleId,
			createdById: author.id
		}
	});
	await tx.expensePart.createMany({ data: partRows(id, groupId, reckoned) });
	await recordChange(tx, app, author, {
		kind: 'expense_added',
		subjectId: id,
		summary: { title: description, amount, currency },
		...(changes && { changes })
	});
}
