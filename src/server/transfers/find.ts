/** Finds transfers between a person's own accounts, and lets those be ordinary transactions again whose other half is gone. */
import { setImmediate as breathe } from 'node:timers/promises';
import { addDays } from '#lib/dates.ts';
import { transferCategories, transferCategory, type OwnAccount, type Side } from '#lib/transfers/evidence.ts';
import { matchTransfers, mostDaysApart } from '#lib/transfers/match.ts';
import type { App } from '../app.ts';
import { byTransfer, guessAgain } from '../categorising/guess-again.ts';
import { categoriesChanged, sayableByIds, setGuess } from '../categorising/say.ts';
import { emptySql, inTx, joinSql, sql, type Db, type Prisma, type Sql, type Tx } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';
import { lockPerson } from '../users/lock.ts';
import { standsForItself } from './free.ts';

/** Around which transactions. */
export type Around = { uploadId: string } | { accountId: string } | { ids: readonly string[] };

/** Transactions that are looked around at once: some milliseconds, and then it is everybody else's turn. */
const rowsAtOnce = 500;
/** An amount that there are more of in the days looked at is nobody's transfer, and would take long. */
const mostAlike = 1000;
/** The other half, and what could be the other half of that one. */
const daysAround = 2 * mostDaysApart;

type Deps = Pick<App, 'db' | 'live' | 'models'>;
type Page = { rows: Sql; from: string; to: string };

/** Finds the transfers that some of a person's transactions are halves of. Done twice, it finds nothing more. Returns how many. */
export async function findTransfers(
	{ db, live }: Pick<App, 'db' | 'live'>,
	userId: string,
	around: Around
): Promise<number> {
	if ((await db.account.count({ where: { userId } })) < 2) return 0;
	let count = 0;
	for await (const page of pagesOf(db, userId, around)) {
		const amounts = await amountsToCheck(db, userId, page);
		if (amounts.length > 0) count += await inTx(db, (tx) => pairIn(tx, live, userId, page, amounts));
		await breathe();
	}
	return count;
}

/**
 * What was half of a transfer whose other half is gone becomes what it would have been without, or a half of another one. Can be cut
 * short and done again.
 */
export async function leaveHalvesAlone({ db, live, models }: Deps, userId: string): Promise<void> {
	const alone: Prisma.TransactionWhereInput = {
		...{ userId, source: 'transfer', categoryId: { in: [...transferCategories] } }, // an index finds them,
		...{ transferOut: null, transferIn: null }
	};
	if ((await db.transaction.findFirst({ where: alone, select: { id: true } })) === null) return;
	const { model } = await models.active();
	for (;;) {
		const ids = await inTx(db, async (tx) => {
			await lockPerson(tx, userId);
			const found = await tx.transaction.findMany({ where: alone, select: { id: true }, take: rowsAtOnce });
			const ids = found.map(({ id }) => id);
			await guessAgain(tx, userId, model, await sayableByIds(tx, userId, ids));
			await categoriesChanged(tx, live, userId, ids.length);
			return ids;
		});
		if (ids.length === 0) return;
		await findTransfers({ db, live }, userId, { ids });
	}
}

/** The transactions in parts, by date; only what an index has of them. */
async function* pagesOf(db: Db, userId: string, around: Around): AsyncGenerator<Page> {
	const scope =
		'ids' in around
			? sql`"id" IN (${joinSql([...around.ids])})`
			: 'uploadId' in around
				? sql`"uploadId" = ${around.uploadId}`
				: sql`"accountId" = ${around.accountId}`;
	const own = sql`${scope} AND "userId" = ${userId}`;
	for (let after = emptySql; ;) {
		const page = await db.$queryRaw<{ date: string; id: string }[]>`
			SELECT "date", "id" FROM "Transaction" WHERE ${own} ${after} ORDER BY "date", "id" LIMIT ${rowsAtOnce}`;
		const [first, last] = [page[0], page.at(-1)];
		if (!first || !last) return;
		const rows = sql`${own} ${after} AND ("date", "id") <= (${last.date}, ${last.id})`;
		yield { rows, from: addDays(first.date, -daysAround), to: addDays(last.date, daysAround) };
		if (page.length < rowsAtOnce) return;
		after = sql`AND ("date", "id") > (${last.date}, ${last.id})`;
	}
}

/** Of these transactions the amounts that another account has the other way round. */
async function amountsToCheck(db: Db, userId: string, { rows, from, to }: Page): Promise<bigint[]> {
	const inDays = sql`o."userId" = ${userId} AND o."date" BETWEEN ${from} AND ${to}`;
	const found = await db.$queryRaw<{ amount: bigint }[]>`
		WITH n AS (SELECT DISTINCT "amount", "accountId" FROM "Transaction" WHERE ${rows} AND "amount" <> 0)
		SELECT DISTINCT n."amount" FROM n
		WHERE EXISTS (SELECT 1 FROM "Transaction" o
				WHERE ${inDays} AND o."amount" = -n."amount" AND o."accountId" <> n."accountId")
			AND (SELECT COUNT(*) FROM (SELECT 1 FROM "Transaction" o
				WHERE ${inDays} AND o."amount" = n."amount" LIMIT ${mostAlike + 1}) AS "same") <= ${mostAlike}
			AND (SELECT COUNT(*) FROM (SELECT 1 FROM "Transaction" o
				WHERE ${inDays} AND o."amount" = -n."amount" LIMIT ${mostAlike + 1}) AS "opposite") <= ${mostAlike}`;
	return found.map(({ amount }) => BigInt(amount));
}

type Row = Omit<Side, 'amount' | 'review'> & { amount: bigint; review: boolean | bigint | number };

async function pairIn(
	tx: Tx,
	live: App['live'],
	userId: string,
	{ from, to }: Page,
	amounts: readonly bigint[]
): Promise<number> {
	await lockPerson(tx, userId);
	const rows = await tx.$queryRaw<Row[]>`
		${rowsAsTable(
			tx,
			'w',
			['amount'],
			[...new Set(amounts.flatMap((amount) => [amount, -amount]))].map((amount) => [String(amount)])
		)}
		SELECT t."id", t."accountId", t."date", t."amount", t."currency", t."description", t."categoryId", t."source", t."review"
		FROM "w" CROSS JOIN "Transaction" t
		WHERE t."userId" = ${userId} AND t."amount" = CAST("w"."amount" AS BIGINT) AND t."date" BETWEEN ${from} AND ${to}
			AND ${standsForItself}`;
	const sides = rows.map((row): Side => ({
		...row,
		amount: Number(row.amount),
		review: Boolean(row.review)
	}));
	const known = await knownOf(tx, userId);
	const pairs = matchTransfers(sides, known);
	const byId = new Map(sides.map((side) => [side.id, side]));
	for (const { outId, inId } of pairs) {
		const halves = [byId.get(outId)!, byId.get(inId)!];
		const categoryId = transferCategory(halves, known.accounts);
		await tx.transfer.create({ data: { outId, inId, categoryId } });
		const guessed = halves.filter(({ source }) => source !== 'user' && source !== 'rule');
		await setGuess(
			tx,
			guessed.map(({ id }) => id),
			byTransfer(categoryId)
		);
	}
	await categoriesChanged(tx, live, userId, pairs.length);
	return pairs.length;
}

async function knownOf(tx: Tx, userId: string) {
	const { name: person } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
	const apart = await tx.noTransfer.findMany({ where: { out: { userId } } });
	const keys = new Set(apart.map(({ outId, inId }) => `${outId} ${inId}`));
	return {
		accounts: await accountsOf(tx, userId),
		person,
		apart: (outId: string, inId: string) => keys.has(`${outId} ${inId}`)
	};
}

/** A person's accounts by id, as what is written of transfers may name them. */
export async function accountsOf(db: Db | Tx, userId: string): Promise<Map<string, OwnAccount>> {
	const accounts = await db.account.findMany({
		where: { userId },
		select: { id: true, name: true, identifier: true }
	});
	return new Map(accounts.map((one) => [one.id, one]));
}
