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
	/** Ids. */
	accounts: ReadonlySet<string>;
	currencies: ReadonlySet<string>;
	/** Of each currency, the first date that anything is known of. */
	firstDates: ReadonlyMap<string, string>;
};

/**
 * The accounts, and the currencies of all or of one, whose first transactions are no later than the first month of a period to
 * compare with: of others less would be taken for nothing.
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
	const accounts = new Set<string>();
	const firstDates = new Map<string, string>();
	const isKnown = (date: string): boolean => monthOf(date) <= monthOf(earlier.start);
	for (const { id, currency, first } of rows) {
		if (first === null || (accountId !== undefined && id !== accountId)) continue;
		const known = firstDates.get(currency);
		if (known === undefined || first < known) firstDates.set(currency, first);
		if (isKnown(first)) accounts.add(id);
	}
	const currencies = [...firstDates].flatMap(([currency, date]) => (isKnown(date) ? [currency] : []));
	return { accounts, currencies: new Set(currencies), firstDates };
}
