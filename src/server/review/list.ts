import { z } from 'zod';
import { text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriserFor } from '../categorising/categoriser.ts';
import { emptySql, joinSql, sql, type Db, type Sql } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { transactionView, wordsFor, type Reader, type TransactionView } from '../transactions/list.ts';
import { splitsOf } from '../transactions/splits.ts';
import { countWaiting } from './count.ts';

export const reviewQuery = z.object({
	cursor: text(300).optional(),
	limit: z.number().int().min(1).max(50).default(20)
});

/** Transactions of one merchant, in one direction, that wait for a look at their category. */
export type ReviewItem = {
	/** The same as long as any of them waits. */
	key: string;
	count: number;
	/** The newest of them. */
	transaction: TransactionView;
	/** What it would be put into now, with all that the person has said since it was imported. */
	categoryId: string;
	confidence: number;
	/** Up to three categories to choose from, likeliest first; the first is `categoryId`. */
	guesses: string[];
	/** The person has said it of the merchant themselves. */
	learned: boolean;
};

export type ReviewPage = { items: ReviewItem[]; nextCursor: string | null; waiting: number };

type Merchant = { merchantKey: string; count: number | bigint };
type Group = { merchantKey: string; incoming: number | bigint; count: number | bigint; newest: string };

const mostGuesses = 3;

/**
 * One page of what waits for its person, `limit` merchants of it, the most frequent first. A merchant moves back in the order as
 * its transactions are settled, so going on from a cursor may show it again; `key` tells. Error: INVALID (a cursor that is none
 * of ours).
 */
export async function listReview(
	{ db, models }: Pick<App, 'db' | 'models'>,
	reader: Reader,
	{ cursor, limit }: z.output<typeof reviewQuery>
): Promise<ReviewPage> {
	const { id: userId } = reader;
	const { model } = await models.active();
	// Merchants first: an index alone answers that, however many wait.
	const merchants = await db.$queryRaw<Merchant[]>`
		SELECT "merchantKey", COUNT(*) AS "count" FROM "Transaction"
		WHERE "userId" = ${userId} AND "review" = ${true}
		GROUP BY "merchantKey" ${cursor ? beyond(cursor) : emptySql}
		ORDER BY COUNT(*) DESC, "merchantKey" LIMIT ${limit + 1}`;
	const page = merchants.slice(0, limit);
	const shown = await groupsOf(
		db,
		userId,
		page.map(({ merchantKey }) => merchantKey)
	);
	const ids = shown.map(({ newest }) => newest.slice(newest.indexOf('_') + 1));
	const [words, rows, splits, categoriser, waiting] = await Promise.all([
		wordsFor(db, reader),
		db.transaction.findMany({
			where: { userId, id: { in: ids } },
			omit: { search: true, fingerprint: true, occurrence: true, userId: true, raw: true, line: true }
		}),
		splitsOf(db, userId, ids),
		categoriserFor(db, userId, model),
		countWaiting(db, userId)
	]);
	const byId = new Map(rows.map((row) => [row.id, row]));
	const items = shown.flatMap((group, i): ReviewItem[] => {
		const row = byId.get(ids[i]!);
		if (!row) return []; // settled or removed this very moment
		const { merchantKey: _, ...known } = row;
		const { category, confidence, runnerUp, said } = categoriser.decide({
			...row,
			amount: Number(row.amount)
		});
		const others = [
			...(said?.categories.map((one) => one.category) ?? []),
			runnerUp,
			row.categoryId ?? category
		];
		return [
			{
				key: `${group.merchantKey}_${group.incoming}`,
				count: Number(group.count),
				transaction: transactionView(known, words, splits.get(row.id)),
				categoryId: category,
				confidence,
				guesses: [...new Set([category, ...others])].slice(0, mostGuesses),
				learned: said !== null
			}
		];
	});
	const last = merchants.length > limit ? page.at(-1) : undefined;
	return { items, nextCursor: last ? `${last.count}_${last.merchantKey}` : null, waiting };
}

/** What waits of some merchants, in their order, by the direction of the money. */
async function groupsOf(db: Db, userId: string, keys: readonly string[]): Promise<Group[]> {
	if (keys.length === 0) return [];
	const groups = await db.$queryRaw<Group[]>`
		SELECT "merchantKey", "incoming", COUNT(*) AS "count", MAX("at") AS "newest" FROM (
			SELECT "merchantKey", CASE WHEN "amount" > 0 THEN 1 ELSE 0 END AS "incoming", "date" || '_' || "id" AS "at"
			FROM "Transaction"
			WHERE "userId" = ${userId} AND "review" = ${true} AND "merchantKey" IN (${joinSql([...keys])})
		) AS "waiting"
		GROUP BY "merchantKey", "incoming"`;
	const place = new Map(keys.map((key, i) => [key, i]));
	return groups.sort(
		(one, other) =>
			place.get(one.merchantKey)! - place.get(other.merchantKey)! || Number(other.count) - Number(one.count)
	);
}

/** What comes after a merchant in the order of the list. */
function beyond(cursor: string): Sql {
	const [, count, key] = /^(\d{1,9})_(.*)$/s.exec(cursor) ?? [];
	if (key === undefined) throw new DomainError('INVALID', 'bad_cursor');
	return sql`HAVING COUNT(*) < ${Number(count)} OR (COUNT(*) = ${Number(count)} AND "merchantKey" > ${key})`;
}
