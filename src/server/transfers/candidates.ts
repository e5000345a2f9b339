import { addDays, daysBetween } from '#lib/dates.ts';
import { sql, type Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { standsForItself } from './free.ts';

/** What could be the other half, for a person to choose from. */
export type Candidate = { id: string; date: string; accountId: string; account: string; merchant: string };

const daysAround = 30;
const mostShown = 10;
const mostRead = 200;

/** Transactions on a person's other accounts that could be the other half of a transfer, the nearest first. Error: NOT_FOUND. */
export async function transferCandidates(db: Db, userId: string, id: string): Promise<Candidate[]> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { amount, currency, accountId, date } = row;
	if (amount === 0n) return [];
	const candidates = await db.$queryRaw<Candidate[]>`
		SELECT t."id", t."date", t."accountId", a."name" AS "account", t."merchant"
		FROM "Transaction" t JOIN "Account" a ON a."id" = t."accountId"
		WHERE t."userId" = ${userId} AND t."amount" = ${-amount} AND t."currency" = ${currency}
			AND t."accountId" <> ${accountId} AND ${standsForItself}
			AND ${sql`t."date" BETWEEN ${addDays(date, -daysAround)} AND ${addDays(date, daysAround)}`}
		ORDER BY t."date", t."id" LIMIT ${mostRead}`;
	const away = (one: Candidate) => Math.abs(daysBetween(date, one.date));
	return candidates.sort((a, b) => away(a) - away(b)).slice(0, mostShown);
}
