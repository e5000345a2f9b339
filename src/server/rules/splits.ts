/** The expenses that rules make of payments. */
import { v5 } from 'uuid';
import { maxExpense } from '#lib/groups/limits.ts';
import { groupDate } from '#lib/groups/expense.ts';
import type { Actions } from '#lib/rules/rule.ts';
import { groupOf } from '#lib/categories.ts';
import type { App } from '../app.ts';
import { inTx, type Db, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { insertExpense } from '../expenses/insert.ts';
import { lockGroup } from '../groups/change.ts';
import { findMembership, type Membership } from '../groups/membership.ts';
import { requireFree } from '../transactions/tie.ts';
import { linksOf } from '../transfers/links.ts';

export type Split = NonNullable<Actions['split']>;

type Booking = { accountId: string; fingerprint: string; occurrence: number };

/**
 * The expense that rules make of a transaction. It is made of what the booking is, not of its row: imported again after an undo
 * it is the same one, and one that somebody has removed is not made again.
 */
export const splitId = ({ accountId, fingerprint, occurrence }: Booking): string =>
	v5(`rule split ${fingerprint} ${occurrence}`, accountId);

/** Whether a payment can become an expense at all: money that went out, of a size and a date that expenses have. */
export const isSplittable = ({ amount, date }: { amount: bigint | number; date: string }): boolean =>
	amount < 0 && -Number(amount) <= maxExpense && groupDate.safeParse(date).success;

/** A query takes 999 values with SQLite. */
const mostAtOnce = 300;

/** Of these transactions those that are no expense or payment of a group yet, nor half of a transfer, and whose expense nobody has removed. */
export async function freeToSplit<Row extends Booking & { id: string }>(
	db: Db,
	rows: readonly Row[]
): Promise<Row[]> {
	const free: Row[] = [];
	for (let from = 0; from < rows.length; from += mostAtOnce) {
		const some = rows.slice(from, from + mostAtOnce);
		const ids = some.map(({ id }) => id);
		const [expenses, settlements, links] = await Promise.all([
			db.expense.findMany({
				where: { OR: [{ transactionId: { in: ids }, deletedAt: null }, { id: { in: some.map(splitId) } }] },
				select: { id: true, transactionId: true, deletedAt: true }
			}),
			db.settlement.findMany({
				where: {
					OR: [{ fromTransactionId: { in: ids } }, { toTransactionId: { in: ids } }],
					deletedAt: null
				},
				select: { fromTransactionId: true, toTransactionId: true }
			}),
			linksOf(db, ids)
		]);
		const tied = new Set([
			...expenses.filter(({ deletedAt }) => !deletedAt).map(({ transactionId }) => transactionId),
			...settlements.flatMap((one) => [one.fromTransactionId, one.toTransactionId]),
			...links.flatMap(({ outId, inId }) => [outId, inId])
		]);
		// One that has lost its transaction, as an import was undone, can have it again.
		const over = new Set(
			expenses.filter((one) => one.deletedAt ?? one.transactionId).map((expense) => expense.id)
		);
		free.push(...some.filter((row) => !tied.has(row.id) && !over.has(splitId(row))));
	}
	return free;
}

/**
 * Makes an expense of a transaction, in the name of its owner. Done before, in the middle of another attempt, or not possible any
 * more (the group is archived, somebody has left it), it changes nothing. Returns the expense's id, or null.
 */
export async function splitTransaction(
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	transactionId: string,
	{ groupId, split }: Split
): Promise<string | null> {
	try {
		const membership = await findMembership(app.db, userId, groupId);
		return await inTx(app.db, async (tx) => {
			await lockGroup(tx, membership);
			await requireFree(tx, userId, transactionId);
			const row = await tx.transaction.findUniqueOrThrow({ where: { id: transactionId } });
			const id = splitId(row);
			const before = await tx.expense.findUnique({ where: { id } });
			if (before) return (await tieAgain(tx, membership, before, transactionId)) ? id : null;
			const amount = -Number(row.amount);
			const { merchant: description, date, currency, categoryId, note } = row;
			const expense = {
				...{ id, description, date, currency, amount, transactionId, split },
				payers: [{ memberId: membership.id, amount }],
				categoryId: categoryId && groupOf(categoryId) ? categoryId : null,
				...{ notes: note, scheduleId: null }
			};
			await insertExpense(tx, app, membership, expense, { locale: 'en' });
			return id;
		});
	} catch (error) {
		if (error instanceof DomainError) return null;
		throw error;
	}
}

type Before = { id: string; groupId: string; createdById: string; deletedAt: Date | null };

async function tieAgain(
	tx: Tx,
	membership: Membership,
	{ id, groupId, createdById, deletedAt }: Before,
	transactionId: string
): Promise<boolean> {
	if (deletedAt || groupId !== membership.groupId || createdById !== membership.id) return false;
	const { count } = await tx.expense.updateMany({
		where: { id, transactionId: null },
		data: { transactionId }
	});
	return count === 1;
}
