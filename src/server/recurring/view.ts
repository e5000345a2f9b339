import { stateOf } from '#lib/recurring/schedule.ts';
import type { Anchor, Cadence } from '#lib/recurring/types.ts';
import type { Recurring } from '../db/client.ts';

/** A recurring payment as the API shows it; amounts in minor units, outflow negative. `today` is the last day that is known of. */
export const recurringView = (row: Recurring, today: string) => {
	const cadence = row.cadence as Cadence;
	const anchor = row.anchor as Anchor;
	const { nextDate, lastDate } = row;
	return {
		id: row.id,
		accountId: row.accountId,
		merchant: row.merchant,
		cadence,
		anchor,
		amount: Number(row.amount),
		amountMin: Number(row.amountMin),
		amountMax: Number(row.amountMax),
		previousAmount: row.previousAmount === null ? null : Number(row.previousAmount),
		priceChangedOn: row.priceChangedOn,
		currency: row.currency,
		firstDate: row.firstDate,
		lastDate,
		nextDate,
		missed: row.missed as string[],
		count: row.count,
		confidence: row.confidence,
		status: row.status,
		state: row.ended ? ('ended' as const) : stateOf({ cadence, anchor, nextDate, lastDate }, today)
	};
};

export type RecurringView = ReturnType<typeof recurringView>;
