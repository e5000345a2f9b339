import { spendingMoved } from '../budgets/spending-moved.ts';
import { afterCommit, type Prisma, type Tx } from '../db/client.ts';
import type { Live } from '../realtime/live.ts';
import { lockPerson } from '../users/lock.ts';
import { learn } from './learn.ts';

/** SQLite takes a limited number of values in one statement. */
const idsAtOnce = 500;

/** What is looked at of a transaction whose category somebody speaks of. */
const columns = {
	...{ id: true, merchantKey: true, description: true, amount: true, currency: true },
	...{ source: true, categoryId: true, confidence: true, review: true, merchant: true, accountId: true },
	date: true
} as const;

export type Sayable = Prisma.TransactionGetPayload<{ select: typeof columns }>;

/**
 * A person's transactions that a condition finds, to say something of. Until the end of `tx` nobody else speaks for the same
 * person.
 */
export async function sayable(
	tx: Tx,
	userId: string,
	where: Prisma.TransactionWhereInput
): Promise<Sayable[]> {
	await lockPerson(tx, userId);
	return tx.transaction.findMany({ where: { ...where, userId }, select: columns });
}

/** The same by their ids; those that are not the person's are passed over. */
export async function sayableByIds(tx: Tx, userId: string, ids: readonly string[]): Promise<Sayable[]> {
	const rows: Sayable[] = [];
	for (const some of parts(ids)) rows.push(...(await sayable(tx, userId, { id: { in: some } })));
	return rows;
}

/** Puts transactions into a category because their person says so, and learns it. */
export async function say(
	tx: Tx,
	live: Live,
	userId: string,
	rows: readonly Sayable[],
	categoryId: string
): Promise<void> {
	const ids = rows.map(({ id }) => id);
	await setGuess(tx, ids, { categoryId, source: 'user', confidence: 1, review: false });
	await learn(tx, userId, rows, categoryId);
	await categoriesChanged(tx, live, userId, rows.length);
}

/** Sets what is thought of the categories of some transactions. */
export async function setGuess(
	tx: Tx,
	ids: readonly string[],
	data: Pick<Prisma.TransactionUncheckedUpdateInput, 'categoryId' | 'source' | 'confidence' | 'review'>
): Promise<void> {
	for (const some of parts(ids)) await tx.transaction.updateMany({ where: { id: { in: some } }, data });
}

/** The same for many, each with its own; those alike at once. */
export async function setGuesses<T extends Parameters<typeof setGuess>[2]>(
	tx: Tx,
	guesses: readonly ({ id: string } & T)[]
): Promise<void> {
	const alike = Map.groupBy(guesses, ({ id: _, ...guess }) => JSON.stringify(guess));
	for (const some of alike.values()) {
		const { categoryId, source, confidence, review } = some[0]!;
		const ids = some.map(({ id }) => id);
		await setGuess(tx, ids, { categoryId, source, confidence, review });
	}
}

/** Tells the budgets, and the person's other screens, that categories have changed. */
export async function categoriesChanged(tx: Tx, live: Live, userId: string, count: number): Promise<void> {
	if (count === 0) return;
	await spendingMoved(tx, { userIds: [userId] });
	afterCommit(tx, () => live.toUser(userId, 'transactions:changed', {}));
}

const parts = (ids: readonly string[]): string[][] =>
	Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, i) =>
		ids.slice(i * idsAtOnce, (i + 1) * idsAtOnce)
	);
