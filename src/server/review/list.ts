import { z } from 'zod';
import { asLocale } from '#lib/i18n.ts';
import { text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriserFor } from '../categorising/categoriser.ts';
import { emptySql, sql, type Sql } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { transactionView, type Reader, type TransactionView } from '../transactions/list.ts';
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

type Group = { merchantKey: string; incoming: number | bigint; count: number | bigint; newest: string };

const mostGuesses = 3;

/**
 * One page of what waits for its person, merchant by merchant, the most frequent first. A merchant moves back in the order as
 * its transactions are settled, so going on from a cursor may show it again; `key` tells. Error: INVALID (a cursor that is none
 * of ours).
 */
export async function listReview(
	{ db, models }: Pick<App, 'db' | 'models'>,
	{ id: userId, locale }: Reader,
	{ cursor, limit }: z.output<typeof reviewQuery>
): Promise<ReviewPage> {
	const groups = await db.$queryRaw<Group[]>`
		SELECT "merchantKey", "incoming", COUNT(*) AS "count", MAX("at") AS "newest" FROM (
			SELECT "merchantKey", CASE WHEN "amount" > 0 THEN 1 ELSE 0 END AS "incoming", "date" || '_' || "id" AS "at"
			FROM "Transaction" WHERE "userId" = ${userId} AND "review" = ${true}
		) AS "waiting"
		GROUP BY "merchantKey", "incoming" ${cursor ? beyond(cursor) : emptySql}
		ORDER BY COUNT(*) DESC, "merchantKey", "incoming" LIMIT ${limit + 1}`;
	const { model } = await models.active();
	const shown = groups.slice(0, limit);
	const ids = shown.map(({ newest }) => newest.slice(newest.indexOf('_') + 1));
	const [rows, splits, categoriser, waiting] = await Promise.all([
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
				transaction: transactionView(known, asLocale(locale), splits.get(row.id)),
				categoryId: category,
				confidence,
				guesses: [...new Set([category, ...others])].slice(0, mostGuesses),
				learned: said !== null
			}
		];
	});
	const last = groups.length > limit ? shown.at(-1) : undefined;
	return {
		items,
		nextCursor: last ? `${last.count}_${last.incoming}_${last.merchantKey}` : null,
		waiting
	};
}

/** What comes after a group in the order of the list. */
function beyond(cursor: string): Sql {
	const [, count, incoming, key] = /^(\d{1,9})_([01])_(.*)$/s.exec(cursor) ?? [];
	if (key === undefined) throw new DomainError('INVALID', 'bad_cursor');
	return sql`HAVING COUNT(*) < ${Number(count)} OR (COUNT(*) = ${Number(count)}
		AND ("merchantKey" > ${key} OR ("merchantKey" = ${key} AND "incoming" > ${Number(incoming)})))`;
}
