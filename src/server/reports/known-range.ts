import type { DateRange } from '#lib/budgets/period.ts';
import { addDays, daysBetween } from '#lib/dates.ts';
import { longestPeriod, monthOf } from '#lib/reports/period.ts';
import { DomainError } from '../errors.ts';
import type { Db } from '../db/client.ts';

type Asked = { from?: string | undefined; to?: string | undefined };

/** Error: INVALID (`bad_period`) for an end before the start, and for more than a hundred years. */
export function checkPeriod({ from, to }: Asked): void {
	if (from === undefined || to === undefined) return;
	if (from > to || daysBetween(from, to) > longestPeriod)
		throw new DomainError('INVALID', 'bad_period', { params: { days: longestPeriod } });
}

/**
 * A period that is asked for; what is left open of it reaches to the first or the last transaction, and where both ends are, a
 * hundred years back at most. Null when there are none. Error: INVALID (`bad_period`), see {@link checkPeriod}.
 */
export async function knownRange(db: Db, userId: string, { from, to }: Asked): Promise<DateRange | null> {
	checkPeriod({ from, to });
	const outermost = async (order: 'asc' | 'desc'): Promise<string | undefined> => {
		const orderBy = [{ date: order }, { id: order }];
		return (await db.transaction.findFirst({ where: { userId }, orderBy, select: { date: true } }))?.date;
	};
	const [start, end] = [from ?? (await outermost('asc')), to ?? (await outermost('desc'))];
	if (start === undefined || end === undefined || start > end) return null;
	if (from !== undefined || to !== undefined) checkPeriod({ from: start, to: end });
	else if (daysBetween(start, end) > longestPeriod) return { start: addDays(end, -longestPeriod), end };
	return { start, end };
}

/** Of what something is known in a time to compare with. */
export type KnownBefore = {
	hasAny: boolean;
	hasAccount: (id: string) => boolean;
	hasCurrency: (currency: string) => boolean;
	/** The first date that anything is known of in a currency. */
	firstDate: (currency: string) => string | undefined;
};

/**
 * What there was, in all accounts or one, no later than in the first month of a period to compare with: of anything else less
 * would be taken for nothing. A currency is known since its first account is; one that no account is in, since the first of all.
 */
export async function knownBefore(
	db: Db,
	userId: string,
	earlier: DateRange,
	accountId?: string
): Promise<KnownBefore> {
	const rows = await db.$queryRaw<{ id: string; currency: string; first: string | null }[]>`
		SELECT a."id", a."currency", (SELECT MIN(t."date") FROM "Transaction" t WHERE t."accountId" = a."id") AS "first"
		FROM "Account" a WHERE a."userId" = ${userId}`;
	const isKnown = (date: string | undefined): boolean =>
		date !== undefined && monthOf(date) <= monthOf(earlier.start);
	const firstOfAccounts = new Map<string, string>();
	const firstOfCurrencies = new Map<string, string>();
	for (const { id, currency, first } of rows) {
		if (first === null || (accountId !== undefined && id !== accountId)) continue;
		firstOfAccounts.set(id, first);
		const known = firstOfCurrencies.get(currency);
		if (known === undefined || first < known) firstOfCurrencies.set(currency, first);
	}
	const [firstOfAll] = [...firstOfCurrencies.values()].sort();
	const firstDate = (currency: string) => firstOfCurrencies.get(currency) ?? firstOfAll;
	return {
		hasAny: isKnown(firstOfAll),
		hasAccount: (id) => isKnown(firstOfAccounts.get(id)),
		hasCurrency: (currency) => isKnown(firstDate(currency)),
		firstDate
	};
}
