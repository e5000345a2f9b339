import { expect, it } from 'vitest';
import { usualChoice } from '#lib/reports/choice.ts';
import { restRow, rowsOf, type Shown } from '../../../src/routes/(app)/reports/rows.ts';

const shown = (rows: Shown['rows'], rest: Shown['rest'] = null): Shown => ({
	...{ currency: 'EUR', total: { amount: 0, count: 0 }, rows, rest }
});
const setting = {
	direction: 'out' as const,
	range: { start: '2026-01-01', end: '2026-01-31' },
	accounts: [],
	hrefOf: () => '?'
};

it('calls what was given back by its name, and what was earned Income', () => {
	const labels = (keys: string[]) =>
		rowsOf({
			...{ ...setting, choice: usualChoice },
			shown: shown(keys.map((key) => ({ key, amount: 1, count: 1 })))
		}).map(({ label }) => label);
	expect(labels(['groceries', 'refund'])).toEqual(['Food & drink', 'Refund']);
	expect(labels(['salary'])).toEqual(['Income']);
});

it('leads from what had something only before nowhere', () => {
	const of = shown([{ key: 'lidl', name: 'Lidl', amount: 0, before: 5, count: 0 }]);
	const [row] = rowsOf({ ...setting, choice: { ...usualChoice, by: 'merchant' }, shown: of });
	expect(row).toMatchObject({ label: 'Lidl', before: 5 });
	expect(row!.href).toBeUndefined();
});

it('leads from a merchant without a name nowhere, and tells it from those that are together', () => {
	const of = shown(
		[
			{ key: '', name: '', amount: 2, count: 1 },
			{ key: 'lidl', name: 'Lidl', amount: 1, count: 1 }
		],
		{ merchants: 3, amount: 1, count: 3 }
	);
	const rows = [
		...rowsOf({ ...setting, choice: { ...usualChoice, by: 'merchant' }, shown: of }),
		...restRow(of, String)
	];
	expect(rows.map(({ href }) => href)).toEqual([
		undefined,
		'/transactions?from=2026-01-01&to=2026-01-31&merchantKey=lidl&currency=EUR&direction=out',
		undefined
	]);
	expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
	expect(rows[0]!.label).not.toBe('');
});
