import { describe, expect, test } from 'vitest';
import { findSeries } from '#lib/recurring/find.ts';
import type { Anchor, Cadence } from '#lib/recurring/types.ts';
import { datesOf, moved, noise, onWorkdays, paid, stream } from './history.ts';

const cases: [string, Cadence, Anchor, string, string, number][] = [
	['weekly', 'weekly', { kind: 'weekday', weekday: 2 }, '2026-01-06', '2026-03-31', 12],
	['fortnightly', 'fortnightly', { kind: 'weekday', weekday: 5 }, '2026-01-02', '2026-06-19', 12],
	['four-weekly', 'fourweekly', { kind: 'weekday', weekday: 3 }, '2025-01-01', '2026-01-28', 14],
	['monthly on a day', 'monthly', { kind: 'day', day: 15 }, '2025-01-15', '2026-01-15', 12],
	['monthly on the 30th', 'monthly', { kind: 'day', day: 30 }, '2025-01-30', '2026-01-30', 12],
	['monthly on the last day', 'monthly', { kind: 'last_day' }, '2025-01-31', '2026-01-31', 12],
	[
		'monthly on the third Wednesday',
		'monthly',
		{ kind: 'nth_weekday', nth: 3, weekday: 3 },
		'2025-01-15',
		'2026-01-21',
		12
	],
	[
		'monthly on the last Friday',
		'monthly',
		{ kind: 'nth_weekday', nth: -1, weekday: 5 },
		'2025-01-31',
		'2026-01-30',
		12
	],
	['quarterly', 'quarterly', { kind: 'day', day: 10 }, '2024-02-10', '2025-08-10', 6],
	['quarterly on the last day', 'quarterly', { kind: 'last_day' }, '2024-03-31', '2025-09-30', 6],
	['yearly', 'yearly', { kind: 'date', month: 3, day: 7 }, '2023-03-07', '2026-03-07', 3]
];

describe('cadences', () => {
	test.each(cases)('%s', (_, cadence, anchor, first, next, count) => {
		const dates = datesOf(cadence, anchor, first, count);
		const [series, ...others] = findSeries(paid(dates, -1299), dates.at(-1)!);
		expect(others).toEqual([]);
		expect(series).toMatchObject({ cadence, anchor, amount: -1299, nextDate: next, count, missed: [] });
		expect(series!.confidence).toBeGreaterThan(0.75);
		expect(series!.payments).toEqual(dates.map((_, i) => `p${i}`));
	});

	test.each([
		['monthly from three', 'monthly', { kind: 'day', day: 5 }, '2026-01-05', 3],
		['weekly from four', 'weekly', { kind: 'weekday', weekday: 1 }, '2026-01-05', 4],
		['quarterly from three', 'quarterly', { kind: 'day', day: 5 }, '2026-01-05', 3],
		['yearly from two', 'yearly', { kind: 'date', month: 1, day: 5 }, '2025-01-05', 2]
	] as [string, Cadence, Anchor, string, number][])('%s', (_, cadence, anchor, first, count) => {
		const dates = datesOf(cadence, anchor, first, count);
		expect(findSeries(paid(dates, -999), dates.at(-1)!)).toMatchObject([{ cadence, count }]);
		expect(findSeries(paid(dates.slice(1), -999), dates.at(-1)!)).toEqual([]);
	});

	test('two yearly payments are less sure than three, and say nothing at another price or 8 days off', () => {
		const dates = ['2024-05-01', '2025-05-01', '2026-05-01'];
		const [two] = findSeries(paid(dates.slice(1), -9900), '2026-05-02');
		const [three] = findSeries(paid(dates, -9900), '2026-05-02');
		expect(two!.confidence).toBeLessThan(three!.confidence);
		expect(findSeries(paid(['2025-05-01', '2026-05-09'], -9900), '2026-05-10')).toEqual([]);
		expect(findSeries(paid(['2025-05-01', '2026-05-01'], [-9900, -4900]), '2026-05-10')).toEqual([]);
	});

	test('weekends move the dates, not the anchor', () => {
		const dates = onWorkdays(datesOf('monthly', { kind: 'day', day: 1 }, '2025-01-01', 14));
		expect(findSeries(paid(dates, -85000), '2026-02-10')).toMatchObject([
			{ cadence: 'monthly', anchor: { kind: 'day', day: 1 }, count: 14, nextDate: '2026-03-01' }
		]);
	});

	test('a payment day that moves is followed', () => {
		const dates = [
			...datesOf('monthly', { kind: 'day', day: 25 }, '2025-01-25', 8),
			...datesOf('monthly', { kind: 'day', day: 30 }, '2025-09-30', 6)
		];
		expect(findSeries(paid(dates, -7500), '2026-03-01')).toMatchObject([
			{ anchor: { kind: 'day', day: 30 }, count: 14, nextDate: '2026-03-30' }
		]);
	});

	test('half-yearly is two yearly series', () => {
		const dates = datesOf('quarterly', { kind: 'day', day: 15 }, '2023-01-15', 12).filter(
			(_, i) => i % 2 === 0
		);
		expect(findSeries(paid(dates, -9000), '2025-08-01')).toMatchObject([
			{ cadence: 'yearly', nextDate: '2026-01-15' },
			{ cadence: 'yearly', nextDate: '2026-07-15' }
		]);
	});

	test('the 15th and the last day are two series of one price', () => {
		const salary = [
			...paid(datesOf('monthly', { kind: 'day', day: 15 }, '2025-01-15', 12), 210000, 'mid'),
			...paid(datesOf('monthly', { kind: 'last_day' }, '2025-01-31', 12), 210000, 'end')
		];
		expect(findSeries(salary, '2026-01-01').map(({ cadence, anchor }) => ({ cadence, anchor }))).toEqual([
			{ cadence: 'monthly', anchor: { kind: 'day', day: 15 } },
			{ cadence: 'monthly', anchor: { kind: 'last_day' } }
		]);
	});
});

describe('amounts', () => {
	const months = datesOf('monthly', { kind: 'day', day: 12 }, '2025-01-12', 12);

	test('drift', () => {
		const amounts = [-6100, -7900, -8200, -6000, -5200, -4900, -4700, -5100, -5600, -6900, -7700, -8100];
		expect(findSeries(paid(months, amounts), '2025-12-20')).toMatchObject([
			{ cadence: 'monthly', drifts: true, amount: -6900, previousAmount: null, amountMin: -8200, count: 12 }
		]);
	});

	test('a price that rises and stays', () => {
		const amounts = months.map((_, i) => (i < 7 ? -999 : -1299));
		expect(findSeries(paid(months, amounts), '2025-12-20')).toMatchObject([
			{ amount: -1299, previousAmount: -999, priceChangedOn: '2025-08-12', drifts: false, count: 12 }
		]);
	});

	test('a new price is noticed the first time, among other purchases too', () => {
		const amounts = months.map((_, i) => (i < 11 ? -999 : -1099));
		const others = paid(['2025-02-03', '2025-06-20', '2025-10-04'], [-8700, -2350, -49900], 'other');
		expect(findSeries([...paid(months, amounts), ...others], '2025-12-20')).toMatchObject([
			{ amount: -1099, previousAmount: -999, priceChangedOn: '2025-12-12', count: 12 }
		]);
	});

	test('one odd charge is no new price', () => {
		const amounts = months.map((_, i) => (i === 4 ? -1450 : -999));
		expect(findSeries(paid(months, amounts), '2025-12-20')).toMatchObject([
			{ amount: -999, previousAmount: null, priceChangedOn: null, count: 12 }
		]);
	});

	test('two prices at one merchant are two series', () => {
		const both = [...paid(months, -99, 'a'), ...paid(moved(months, [9]), -999, 'b')];
		expect(findSeries(both, '2025-12-23').map(({ amount, count }) => [amount, count])).toEqual([
			[-99, 12],
			[-999, 12]
		]);
		const sameDay = [...paid(months, -80000, 'rent'), ...paid(months, -6000, 'parking')];
		expect(findSeries(sameDay, '2025-12-23').map(({ amount, count }) => [amount, count])).toEqual([
			[-80000, 12],
			[-6000, 12]
		]);
	});

	test('a drifting and a fixed series at one merchant are told apart', () => {
		const drifting = [-6100, -7900, -8200, -6000, -5200, -4900, -4700, -5100, -5600, -6900, -7700, -8100];
		const both = [...paid(months, drifting, 'power'), ...paid(months, -1500, 'meter')];
		expect(findSeries(both, '2025-12-23').map(({ drifts, count }) => [drifts, count])).toEqual([
			[true, 12],
			[false, 12]
		]);
	});

	test('ten times the price is another product, not a new price', () => {
		const yearly = paid(['2026-01-12'], -9900, 'yearly');
		expect(findSeries([...paid(months, -999), ...yearly], '2026-01-20')).toMatchObject([
			{ amount: -999, previousAmount: null, count: 12 }
		]);
	});

	test('a new price is one series with the old one, among hundreds of purchases too', () => {
		const longer = datesOf('monthly', { kind: 'day', day: 12 }, '2025-01-12', 14);
		for (const seed of [1, 2, 3, 4, 5]) {
			const shopping = noise(stream(seed), 200, '2025-01-01', 420, 9000);
			const prime = paid(
				longer,
				longer.map((_, i) => (i < 8 ? -799 : -899))
			);
			const own = findSeries([...prime, ...shopping], '2026-02-20').filter(
				({ confidence }) => confidence > 0.8
			);
			expect(own).toMatchObject([
				{ amount: -899, previousAmount: -799, priceChangedOn: '2025-09-12', count: 14 }
			]);
		}
	});

	test('a foreign price that drifts by some per cent is found among hundreds of purchases', () => {
		const next = stream(9);
		const amounts = months.map(() => -1150 - Math.floor(next() * 40));
		const found = findSeries(
			[...paid(months, amounts), ...noise(next, 200, '2025-01-01', 365, 9000)],
			'2025-12-20'
		);
		const own = found.filter(({ confidence }) => confidence > 0.7);
		expect(own).toMatchObject([{ cadence: 'monthly', drifts: true, count: 12 }]);
	});

	test('a subscription is found among hundreds of purchases', () => {
		const shopping = noise(stream(7), 300, '2025-01-01', 365, 12000);
		const [series, ...others] = findSeries([...shopping, ...paid(months, -899)], '2025-12-20');
		expect(series).toMatchObject({ cadence: 'monthly', amount: -899, count: 12 });
		expect(series!.confidence).toBeGreaterThan(0.8);
		expect(others).toEqual([]);
	});
});

describe('what is no series', () => {
	test('weekly groceries on any day for any amount', () => {
		const next = stream(3);
		const dates = moved(
			datesOf('weekly', { kind: 'weekday', weekday: 4 }, '2025-01-02', 40),
			Array.from({ length: 40 }, () => Math.floor(next() * 7) - 3)
		);
		const groceries = paid(
			dates,
			dates.map(() => -2000 - Math.floor(next() * 9000))
		);
		for (const { confidence } of findSeries(groceries, '2025-10-10')) expect(confidence).toBeLessThan(0.6);
	});

	test('a coffee of the same price on any day', () => {
		const next = stream(11);
		const coffees = noise(next, 200, '2025-01-01', 365, 1);
		expect(findSeries(coffees, '2025-12-31').filter(({ confidence }) => confidence >= 0.6)).toEqual([]);
	});

	test('nothing, one payment, or payments of nothing', () => {
		expect(findSeries([], '2026-01-01')).toEqual([]);
		expect(findSeries(paid(['2026-01-01'], -5), '2026-01-01')).toEqual([]);
		expect(findSeries(paid(['2026-01-01', '2026-02-01', '2026-03-01'], 0), '2026-03-01')).toEqual([]);
	});
});

describe('missed and doubled', () => {
	const months = datesOf('monthly', { kind: 'day', day: 12 }, '2025-01-12', 12);

	test.each(['2025-02-12', '2025-06-12', '2025-11-12'])('a skipped month is told: %s', (skipped) => {
		const payments = paid(months, -999).filter(({ date }) => date !== skipped);
		expect(findSeries(payments, '2025-12-20')).toMatchObject([
			{ count: 11, missed: [skipped], ended: false, nextDate: '2026-01-12' }
		]);
	});

	test('a doubled payment stays out of the evidence and breaks nothing', () => {
		const payments = [...paid(months, -999), { id: 'again', date: '2025-06-13', amount: -999 }];
		expect(findSeries(payments, '2025-12-20')).toMatchObject([{ count: 12, nextDate: '2026-01-12' }]);
	});

	test('overdue payments are missed one by one, and after three the series has ended', () => {
		const at = (today: string) => {
			const { nextDate, missed, ended } = findSeries(paid(months, -999), today)[0]!;
			return { nextDate, missed, ended };
		};
		expect(at('2026-01-20')).toEqual({ nextDate: '2026-01-12', missed: [], ended: false });
		expect(at('2026-01-21')).toEqual({ nextDate: '2026-02-12', missed: ['2026-01-12'], ended: false });
		expect(at('2026-06-30')).toMatchObject({
			missed: ['2026-01-12', '2026-02-12', '2026-03-12'],
			ended: true
		});
	});

	test('a series that paused for half a year is one series', () => {
		const payments = paid(months, -999).concat(
			paid(datesOf('monthly', { kind: 'day', day: 12 }, '2026-06-12', 5), -999, 'later')
		);
		expect(findSeries(payments, '2026-10-20')).toMatchObject([{ count: 17, ended: false }]);
	});
});
