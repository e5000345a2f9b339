import { daysBetween } from '#lib/dates.ts';
import { occurrencesBetween, stateOf } from '#lib/recurring/schedule.ts';
import type { Anchor, Cadence } from '#lib/recurring/types.ts';
import type { Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';

export type DuePayment = {
	recurringId: string;
	merchant: string;
	date: string;
	amount: number;
	currency: string;
};

const longestSpan = 400;

/** Which payments are expected between two dates (both included), by date. Error: INVALID (`bad_period`). */
export async function dueBetween(
	db: Db,
	userId: string,
	{ from, to }: { from: string; to: string }
): Promise<DuePayment[]> {
	const days = daysBetween(from, to);
	if (days < 0 || days > longestSpan)
		throw new DomainError('INVALID', 'bad_period', { params: { days: longestSpan } });
	const rows = await db.recurring.findMany({ where: { userId, ended: false, status: { not: 'dismissed' } } });
	return rows
		.flatMap((row) => {
			const { nextDate, lastDate } = row;
			const schedule = { cadence: row.cadence as Cadence, anchor: row.anchor as Anchor, nextDate };
			// An account that has not been imported for so long tells nothing of this period.
			if (stateOf({ ...schedule, lastDate }, from) === 'ended') return [];
			// What was paid already is no longer due.
			const start = from > lastDate ? from : nextDate;
			return occurrencesBetween(schedule, start, to).map((date) => ({
				recurringId: row.id,
				merchant: row.merchant,
				date,
				amount: Number(row.amount),
				currency: row.currency
			}));
		})
		.filter(({ date }) => date >= from)
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
