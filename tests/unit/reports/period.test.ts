import { expect, test } from 'vitest';
import { comparedWith, monthsFrom, wholeMonths } from '#lib/reports/period.ts';

const range = (start: string, end: string) => ({ start, end });

test.each([
	['a month', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
	['a quarter', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
	['a year', '2024-01-01', '2024-12-31', '2023-01-01', '2023-12-31'],
	['a month so far', '2026-03-01', '2026-03-10', '2026-02-01', '2026-02-10'],
	['more days than the month before has', '2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28'],
	['a year so far', '2026-01-01', '2026-11-26', '2025-01-01', '2025-11-26'],
	['twelve months so far', '2025-12-01', '2026-11-26', '2024-12-01', '2025-11-26'],
	['some days', '2026-03-11', '2026-03-20', '2026-03-01', '2026-03-10']
])('before %s there are as many months or days', (_, start, end, before, until) => {
	expect(comparedWith(range(start, end), 'previous')).toEqual(range(before, until));
});

test.each([
	['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
	['2024-02-01', '2024-02-29', '2023-02-01', '2023-02-28'],
	['2026-03-11', '2026-04-09', '2025-03-11', '2025-04-09']
])(
	'a year before %s to %s are the same dates, and the end of a month stays one',
	(start, end, before, until) => {
		expect(comparedWith(range(start, end), 'year')).toEqual(range(before, until));
	}
);

test('a range is its whole months and the days at both ends', () => {
	const parts = (start: string, end: string) => {
		const { whole, edges } = wholeMonths(range(start, end));
		return [whole && `${whole.first} ${whole.last}`, ...edges.map(({ start, end }) => `${start} ${end}`)];
	};
	expect(parts('2026-01-01', '2026-03-31')).toEqual(['2026-01 2026-03']);
	expect(parts('2025-12-31', '2026-02-01')).toEqual([
		'2026-01 2026-01',
		'2025-12-31 2025-12-31',
		'2026-02-01 2026-02-01'
	]);
	expect(parts('2026-01-02', '2026-02-27')).toEqual([null, '2026-01-02 2026-02-27']);
	expect(parts('2024-02-29', '2024-02-29')).toEqual([null, '2024-02-29 2024-02-29']);
	expect(parts('2024-02-01', '2024-02-29')).toEqual(['2024-02 2024-02']);
});

test('months follow each other over the years', () => {
	expect(monthsFrom('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
	expect(monthsFrom('2026-02', '2026-01')).toEqual([]);
});
