import { importedCategory } from '#lib/groups/import/categories.ts';
import type { Stake } from '#lib/groups/import/plan.ts';
import { seedOf } from '#lib/groups/apportion.ts';
import { partsOf } from '#lib/groups/parts.ts';
import { rawSql, dialectOf, type Tx } from '../db/client.ts';
import { insertRows } from '../db/insert-rows.ts';
import type { Membership } from '../groups/membership.ts';
import type { IdentifiedRow } from './import-ids.ts';
import { takeTurns } from './turns.ts';

// One statement holds the process up for some ten milliseconds; between two of them others get their turn.
const rowsAtOnce = 500;

/** Writes the rows of a file that are not there yet, inside the group's lock, and says how many those were. */
export async function writeRows(
	tx: Tx,
	membership: Membership,
	rows: readonly IdentifiedRow[],
	memberOf: ReadonlyMap<string, string>
): Promise<{ expenses: number; settlements: number }> {
	const written = { expenses: 0, settlements: 0 };
	for (let at = 0; at < rows.length; at += rowsAtOnce) {
		const fresh = await unknown(tx, rows.slice(at, at + rowsAtOnce));
		const [expenses, settlements] = [
			fresh.filter(({ kind }) => kind === 'expense'),
			fresh.filter(({ kind }) => kind === 'settlement')
		];
		if (expenses.length > 0) await writeExpenses(tx, membership, expenses, memberOf);
		if (settlements.length > 0) await writeSettlements(tx, membership, settlements, memberOf);
		written.expenses += expenses.length;
		written.settlements += settlements.length;
	}
	return written;
}

async function unknown(tx: Tx, rows: readonly IdentifiedRow[]): Promise<IdentifiedRow[]> {
	const where = { where: { id: { in: rows.map(({ id }) => id) } }, select: { id: true } } as const;
	const known = [...(await tx.expense.findMany(where)), ...(await tx.settlement.findMany(where))];
	const ids = new Set(known.map(({ id }) => id));
	return rows.filter(({ id }) => !ids.has(id));
}

const expenseColumns = {
	id: 'text',
	turn: 'int',
	description: 'text',
	date: 'text',
	currency: 'text',
	amount: 'bigint',
	settleCurrency: 'text',
	settleAmount: 'bigint',
	split: 'json',
	payers: 'json',
	categoryId: 'text',
	notes: 'text'
} as const;

const partColumns = {
	expenseId: 'text',
	memberId: 'text',
	currency: 'text',
	paid: 'bigint',
	share: 'bigint',
	net: 'bigint'
} as const;

async function writeExpenses(
	tx: Tx,
	{ id: createdById, groupId }: Membership,
	rows: readonly IdentifiedRow[],
	memberOf: ReadonlyMap<string, string>
): Promise<void> {
	const stakes = (list: readonly Stake[]) =>
		list.map(({ name, amount }) => ({ memberId: memberOf.get(name)!, amount }));
	const turn = await takeTurns(tx, groupId, rows.length);
	const expenses = rows.map(({ payers, shares, ...row }, n) => ({
		...row,
		turn: turn + n,
		payers: stakes(payers),
		split: { mode: 'exact' as const, members: stakes(shares) }
	}));
	const now = new Date();
	await insertRows(
		tx,
		'Expense',
		expenseColumns,
		expenses.map(({ id, turn, description, date, currency, amount, split, payers, category, notes }) => [
			id,
			turn,
			description,
			date,
			currency,
			amount,
			currency,
			amount,
			split,
			payers,
			importedCategory(category),
			notes
		]),
		{ groupId, createdById, createdAt: now, updatedAt: now }
	);
	const parts = expenses.flatMap((expense) => {
		const worked = partsOf(expense, seedOf(expense));
		// The readers promise it; a row that breaks that must not get in.
		if (!worked.ok) throw new Error(`line ${expense.line} of an import does not add up`);
		return worked.parts.map(({ memberId, paid, share, net }) => [
			expense.id,
			memberId,
			expense.currency,
			paid,
			share,
			net
		]);
	});
	await insertRows(tx, 'ExpensePart', partColumns, parts, { groupId });
}

const settlementColumns = {
	id: 'text',
	fromId: 'text',
	toId: 'text',
	currency: 'text',
	amount: 'bigint',
	date: 'text',
	note: 'text'
} as const;

async function writeSettlements(
	tx: Tx,
	{ id: createdById, groupId }: Membership,
	rows: readonly IdentifiedRow[],
	memberOf: ReadonlyMap<string, string>
): Promise<void> {
	const confirmed = dialectOf(tx) === 'sqlite' ? `'confirmed'` : `'confirmed'::"SettlementStatus"`;
	await insertRows(
		tx,
		'Settlement',
		settlementColumns,
		rows.map(({ id, payers, shares, currency, amount, date, description }) => [
			id,
			memberOf.get(payers[0]!.name)!,
			memberOf.get(shares[0]!.name)!,
			currency,
			amount,
			date,
			description
		]),
		{ groupId, createdById, status: rawSql(confirmed), createdAt: new Date() }
	);
}
