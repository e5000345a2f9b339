import { toDay } from '../dates.ts';
import { stepBetween } from './chain.ts';
import { gridOf, rhythms } from './schedule.ts';
import type { Matching, Series, StoredSeries } from './types.ts';

/** Without a payment in common, rows match only where the amount differs by no more than this share of the greater. */
const likeAmount = 0.3;

type Pair = { found: Series; stored: StoredSeries; likeness: number };

/**
 * Tells which stored row each found series is, so that one series never gets two rows. Both lists are of one merchant, sign,
 * currency and account.
 *
 * The payments they share decide, most first: amount, day and even cadence may have changed since. Series with none in common (an
 * import was undone and done again) match on cadence, amount and day. Where two rows turn out to be one series, the row a
 * person decided on stays.
 */
export function matchSeries(found: readonly Series[], stored: readonly StoredSeries[]): Matching {
	const rowOf = new Map<Series, StoredSeries>();
	const taken = new Set<StoredSeries>();
	const take = ({ found, stored }: Pair) => {
		if (rowOf.has(found) || taken.has(stored)) return;
		rowOf.set(found, stored);
		taken.add(stored);
	};
	pairsBy(sharedPayments, found, stored).forEach(take);

	const superseded: Matching['superseded'] = [];
	for (const row of stored.filter((row) => !taken.has(row))) {
		const whole = found.find((series) => sharedPayments(series, row) * 2 > row.paymentIds.length);
		const kept = whole && rowOf.get(whole);
		if (!kept) continue;
		taken.add(row);
		if (row.decided && !kept.decided) {
			rowOf.set(whole, row);
			superseded.push({ id: kept.id, into: row.id });
		} else superseded.push({ id: row.id, into: kept.id });
	}

	const rest = stored.filter((row) => !taken.has(row));
	pairsBy(resemblance, found, rest).forEach(take);
	return {
		pairs: found.map((series) => ({ found: series, storedId: rowOf.get(series)?.id ?? null })),
		superseded,
		gone: rest.filter((row) => !taken.has(row)).map(({ id }) => id)
	};
}

/** All pairs that are alike at all, the likest first; equals in the order of the lists. */
function pairsBy(
	likenessOf: (found: Series, stored: StoredSeries) => number,
	found: readonly Series[],
	stored: readonly StoredSeries[]
): Pair[] {
	return found
		.flatMap((series) =>
			stored.map((row) => ({ found: series, stored: row, likeness: likenessOf(series, row) }))
		)
		.filter(({ likeness }) => likeness > 0)
		.sort((a, b) => b.likeness - a.likeness || Number(b.stored.decided) - Number(a.stored.decided));
}

function sharedPayments(found: Series, stored: StoredSeries): number {
	const evidence = new Set(found.payments);
	return stored.paymentIds.filter((id) => evidence.has(id)).length;
}

/** 0 for not alike, up to 1 for the same amount at the same cadence on the same day. */
function resemblance(found: Series, stored: StoredSeries): number {
	if (found.cadence !== stored.cadence) return 0;
	const step = stepBetween(found.amount, stored.amount);
	if (step > likeAmount) return 0;
	const grid = gridOf(found.cadence, found.anchor, toDay(found.nextDate));
	const day = toDay(stored.nextDate);
	return Math.abs(grid.dayAt(grid.nearest(day)) - day) <= rhythms[found.cadence].slack ? 1 - step : 0;
}
