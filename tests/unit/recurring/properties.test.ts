import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, daysBetween, fromDay, toDay } from '#lib/dates.ts';
import { findSeries } from '#lib/recurring/find.ts';
import { matchSeries } from '#lib/recurring/match.ts';
import { occurrencesBetween, rhythms } from '#lib/recurring/schedule.ts';
import type { Anchor, Cadence, Payment, Series } from '#lib/recurring/types.ts';
import { datesOf, noise, paid, stream } from './history.ts';

/** How far payments of a generated series stray from their date, either way, and how many there are. */
const shapes: Record<Cadence, { stray: number; least: number; most: number }> = {
	weekly: { stray: 1, least: 14, most: 60 },
	fortnightly: { stray: 2, least: 10, most: 40 },
	fourweekly: { stray: 2, least: 10, most: 26 },
	monthly: { stray: 3, least: 10, most: 36 },
	quarterly: { stray: 3, least: 6, most: 12 },
	yearly: { stray: 3, least: 4, most: 8 }
};

const cadence = fc.constantFrom(...(Object.keys(shapes) as Cadence[]));
const firstDay = fc.integer({ min: toDay('2018-01-01'), max: toDay('2021-12-31') }).map(fromDay);

type Made = { cadence: Cadence; expected: string[]; payments: Payment[] };

/** A series on a day of the month or week, straying now and then as far as allowed, at one price. */
const made: fc.Arbitrary<Made> = fc
	.tuple(cadence, firstDay, fc.nat(), fc.integer({ min: 200, max: 200_000 }))
	.map(([cadence, first, seed, price]) => {
		const next = stream(seed);
		const { stray, least, most } = shapes[cadence];
		const count = least + Math.floor(next() * (most - least + 1));
		const { period, months } = rhythms[cadence];
		const expected = Array.from({ length: count }, (_, i) =>
			months > 0 ? addMonths(first, i * months) : addDays(first, i * period)
		);
		const dates = expected.map((date) =>
			next() < 0.6 ? date : addDays(date, Math.floor(next() * (2 * stray + 1)) - stray)
		);
		return { cadence, expected, payments: paid(dates, -price) };
	});

function seriesOf(payments: readonly Payment[], today: string): Series | undefined {
	return findSeries(payments, today).sort((a, b) => b.count - a.count)[0];
}

describe('a generated series', () => {
	test('is found at its cadence, with its next date', () => {
		fc.assert(
			fc.property(made, ({ cadence, expected, payments }) => {
				const last = payments.at(-1)!.date;
				const found = findSeries(payments, last);
				expect(found).toHaveLength(1);
				expect(found[0]).toMatchObject({ cadence, count: payments.length });
				const { months, period } = rhythms[cadence];
				const next =
					months > 0 ? addMonths(expected[0]!, expected.length * months) : addDays(expected.at(-1)!, period);
				expect(Math.abs(daysBetween(next, found[0]!.nextDate))).toBeLessThanOrEqual(rhythms[cadence].slack);
			}),
			{ numRuns: 500, seed: 1 }
		);
	});

	test('is found among purchases of other amounts', () => {
		fc.assert(
			fc.property(made, fc.nat(), fc.integer({ min: 1, max: 60 }), (series, seed, count) => {
				const { payments } = series;
				const span = daysBetween(payments[0]!.date, payments.at(-1)!.date) + 1;
				const others = noise(stream(seed), count, payments[0]!.date, span, 90_000).filter(
					({ amount }) => Math.abs(amount / payments[0]!.amount - 1) > 0.05
				);
				const found = seriesOf([...payments, ...others], payments.at(-1)!.date);
				expect(found?.cadence).toBe(series.cadence);
				const own = found!.payments.filter((id) => id.startsWith('p')).length;
				expect(own).toBeGreaterThanOrEqual(payments.length * 0.9);
			}),
			{ numRuns: 500, seed: 2 }
		);
	});

	test('with amounts that drift by 30 % either way is found too', () => {
		fc.assert(
			fc.property(made, fc.nat(), (series, seed) => {
				fc.pre(series.payments.length > 5);
				const next = stream(seed);
				const payments = series.payments.map((payment) => ({
					...payment,
					amount: Math.round(payment.amount * (0.7 + 0.6 * next()))
				}));
				expect(seriesOf(payments, payments.at(-1)!.date)?.cadence).toBe(series.cadence);
			}),
			{ numRuns: 500, seed: 3 }
		);
	});

	test('does not depend on the order of the payments', () => {
		fc.assert(
			fc.property(
				made.chain(({ payments }) =>
					fc.tuple(fc.constant(payments), fc.shuffledSubarray(payments, { minLength: payments.length }))
				),
				([payments, shuffled]) => {
					const today = payments.at(-1)!.date;
					expect(findSeries(shuffled, today)).toEqual(findSeries(payments, today));
				}
			),
			{ numRuns: 200, seed: 4 }
		);
	});

	test('expects its next date where its occurrences are, and every missed one too', () => {
		fc.assert(
			fc.property(made, fc.integer({ min: 0, max: 400 }), ({ payments }, later) => {
				const today = addDays(payments.at(-1)!.date, later);
				const found = seriesOf(payments, today)!;
				expect(occurrencesBetween(found, found.nextDate, found.nextDate)).toEqual([found.nextDate]);
				const until = occurrencesBetween(found, found.firstDate, found.nextDate);
				for (const date of found.missed) expect(until).toContain(date);
				expect(found.nextDate > found.lastDate).toBe(true);
				expect(daysBetween(today, found.nextDate)).toBeGreaterThanOrEqual(-2 * rhythms[found.cadence].slack);
			}),
			{ numRuns: 300, seed: 5 }
		);
	});

	test('keeps one row while imports add to it', () => {
		fc.assert(
			fc.property(
				made,
				fc.nat(),
				fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }),
				(series, seed, cuts) => {
					const next = stream(seed);
					const shopping = noise(next, 10, series.payments[0]!.date, 500, 60_000);
					const all = [...series.payments, ...shopping].sort((a, b) => (a.date < b.date ? -1 : 1));
					const sizes = [...cuts.sort((a, b) => a - b), 100].map((percent) =>
						Math.ceil((all.length * percent) / 100)
					);
					let rows: { id: string; series: Series }[] = [];
					let made = 0;
					for (const size of sizes) {
						const known = all.slice(0, size);
						const found = findSeries(known, known.at(-1)!.date);
						const stored = rows.map(({ id, series }) => ({
							...series,
							id,
							paymentIds: series.payments,
							decided: false
						}));
						const { pairs, superseded, gone } = matchSeries(found, stored);
						expect(
							[
								...pairs.flatMap(({ storedId }) => storedId ?? []),
								...superseded.map(({ id }) => id),
								...gone
							].sort()
						).toEqual(rows.map(({ id }) => id).sort());
						rows = pairs.map(({ found, storedId }) => ({ id: storedId ?? `row${made++}`, series: found }));
					}
					const own = rows.filter(
						({ series }) => series.payments.filter((id) => id.startsWith('p')).length > 2
					);
					expect(own).toHaveLength(1);
				}
			),
			{ numRuns: 300, seed: 6 }
		);
	});
});

describe('anchors', () => {
	const anchor = fc.oneof(
		fc.record({ kind: fc.constant('day' as const), day: fc.integer({ min: 1, max: 30 }) }),
		fc.constant({ kind: 'last_day' as const }),
		fc.record({
			kind: fc.constant('nth_weekday' as const),
			nth: fc.constantFrom(1, 2, 3, -1),
			weekday: fc.integer({ min: 1, max: 7 })
		})
	) as fc.Arbitrary<Anchor>;

	test('of the month are recognised from a year of payments', () => {
		fc.assert(
			fc.property(anchor, firstDay, (anchor, first) => {
				const dates = datesOf('monthly', anchor, first, 13);
				expect(findSeries(paid(dates, -4200), dates.at(-1)!)).toMatchObject([{ cadence: 'monthly', anchor }]);
			}),
			{ numRuns: 500, seed: 7 }
		);
	});
});

describe('payments on random days', () => {
	test.each([
		[5, 3000],
		[20, 3000],
		[60, 3000],
		[300, 9000],
		[12, 1],
		[60, 1],
		[100, 20]
	])('%i of up to %i: hardly ever look like a series', (count, most) => {
		const next = stream(count * 31 + most);
		let [likely, sure] = [0, 0];
		for (let i = 0; i < 300; i++) {
			const found = findSeries(noise(next, count, '2023-01-01', 1000, most), '2025-09-27');
			if (found.some(({ confidence }) => confidence >= 0.65)) likely++;
			if (found.some(({ confidence }) => confidence >= 0.8)) sure++;
		}
		expect(sure).toBeLessThanOrEqual(1);
		expect(likely).toBeLessThanOrEqual(12);
	});
});
