import { describe, expect, test } from 'vitest';
import { findSeries } from '#lib/recurring/find.ts';
import { matchSeries } from '#lib/recurring/match.ts';
import type { Series, StoredSeries } from '#lib/recurring/types.ts';
import { datesOf, paid } from './history.ts';

const months = datesOf('monthly', { kind: 'day', day: 12 }, '2025-01-12', 14);

function store(series: Series, id: string, decided = false): StoredSeries {
	const { cadence, anchor, nextDate, amount, lastDate, payments } = series;
	return { id, cadence, anchor, nextDate, amount, lastDate, paymentIds: payments, decided };
}

function found(dates: readonly string[], amount: number | readonly number[], prefix = 'p'): Series {
	return findSeries(paid(dates, amount, prefix), dates.at(-1)!)[0]!;
}

describe('matchSeries', () => {
	test('a new series gets a new row', () => {
		const series = found(months, -999);
		expect(matchSeries([series], [])).toEqual({
			pairs: [{ found: series, storedId: null }],
			superseded: [],
			gone: []
		});
	});

	test('more payments at a new price keep the row, also one that was dismissed', () => {
		const before = store(found(months.slice(0, 6), -999), 'row', true);
		const after = found(
			months,
			months.map((_, i) => (i < 8 ? -999 : -1399))
		);
		expect(after.amount).toBe(-1399);
		expect(matchSeries([after], [before]).pairs).toEqual([{ found: after, storedId: 'row' }]);
	});

	test('a cadence that is understood better later keeps the row', () => {
		const third = datesOf('monthly', { kind: 'nth_weekday', nth: 3, weekday: 3 }, '2025-02-19', 9);
		const early = found(third.slice(0, 3), 98000);
		const late = found(third, 98000);
		expect([early.cadence, late.cadence]).toEqual(['fourweekly', 'monthly']);
		expect(matchSeries([late], [store(early, 'row')]).pairs[0]!.storedId).toBe('row');
	});

	test('two series of one merchant keep their own rows, in any order', () => {
		const [small, large] = [found(months, -99, 'a'), found(months, -999, 'b')];
		const rows = [store(large, 'large'), store(small, 'small')];
		for (const stored of [rows, [...rows].reverse()]) {
			expect(matchSeries([small, large], stored).pairs.map(({ storedId }) => storedId)).toEqual([
				'small',
				'large'
			]);
		}
	});

	test('an import undone and done again finds the row though every payment is new', () => {
		const before = store(found(months.slice(0, 9), -999), 'row');
		const again = found(months, -999, 'again');
		expect(matchSeries([again], [before]).pairs[0]!.storedId).toBe('row');
		expect(matchSeries([again], [{ ...before, paymentIds: [] }]).pairs[0]!.storedId).toBe('row');
	});

	test('another amount, day or cadence without a payment in common is another series', () => {
		const row = { ...store(found(months, -999), 'row'), paymentIds: [] };
		const others = [
			found(months, -4999, 'other'),
			found(datesOf('monthly', { kind: 'day', day: 25 }, '2025-01-25', 9), -999, 'other'),
			found(datesOf('fourweekly', { kind: 'weekday', weekday: 7 }, '2025-01-12', 9), -999, 'other')
		];
		for (const other of others) {
			expect(matchSeries([other], [row])).toMatchObject({ pairs: [{ storedId: null }], gone: ['row'] });
		}
	});

	test('two rows that turn out to be one series are folded into the one a person decided on', () => {
		const whole = found(months, -999);
		const early = { ...store(whole, 'early', true), paymentIds: whole.payments.slice(0, 4) };
		const late = { ...store(whole, 'late'), paymentIds: whole.payments.slice(4) };
		expect(matchSeries([whole], [early, late])).toMatchObject({
			pairs: [{ storedId: 'early' }],
			superseded: [{ id: 'late', into: 'early' }],
			gone: []
		});
		expect(matchSeries([whole], [{ ...early, decided: false }, late])).toMatchObject({
			pairs: [{ storedId: 'late' }],
			superseded: [{ id: 'early', into: 'late' }]
		});
	});

	test('a series that is not found again leaves its row to the caller', () => {
		expect(matchSeries([], [store(found(months, -999), 'row')])).toEqual({
			pairs: [],
			superseded: [],
			gone: ['row']
		});
	});
});
