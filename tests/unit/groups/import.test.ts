import { expect, test } from 'vitest';
import fc from 'fast-check';
import { partsOf } from '#lib/groups/parts.ts';
import { planBalances, type ImportPlan, type ReadOptions } from '#lib/groups/import/plan.ts';
import { readExport } from '#lib/groups/import/read.ts';
import { toDecimal, toMinor } from '#lib/money.ts';
import {
	realExport,
	spliit,
	spliitAnswers,
	spliitOpen,
	spliitSums,
	splitwise,
	splitwiseSums
} from '../../support/splits.ts';

function read(text: string, options: Partial<ReadOptions> = {}): ImportPlan {
	const reading = readExport(text, { currency: 'EUR', ...options });
	if (!reading.ok) expect.fail(JSON.stringify(reading.problem));
	for (const row of reading.plan.rows) expectWhole(row);
	return reading.plan;
}

/** Each row is an expense that this program would take. */
function expectWhole({ currency, amount, payers, shares }: ImportPlan['rows'][number]): void {
	const stakes = (list: typeof payers) => list.map(({ name, amount }) => ({ memberId: name, amount }));
	const split = { mode: 'exact' as const, members: stakes(shares) };
	expect(partsOf({ currency, amount, payers: stakes(payers), split }, 'x').ok).toBe(true);
}

const sums = (plan: ImportPlan, currency: string) =>
	Object.fromEntries(
		planBalances(plan)
			.filter((sum) => sum.currency === currency)
			.map(({ name, amount }) => [name, amount])
	);
const problem = (text: string) => {
	const reading = readExport(text, { currency: 'EUR' });
	return reading.ok ? expect.fail('this was to be refused') : reading.problem;
};

test('a Splitwise export gives the balances that it says itself', () => {
	const plan = read(splitwise);
	expect(plan).toMatchObject({ source: 'splitwise', members: ['Ana', 'Ben', 'Cleo'], skipped: 1 });
	expect(sums(plan, 'EUR')).toEqual(splitwiseSums.EUR);
	expect(sums(plan, 'USD')).toEqual(splitwiseSums.USD);
	expect(plan.differences).toEqual([]);
	expect(plan.rows.map(({ kind, amount }) => [kind, amount])).toEqual([
		['expense', 3000],
		['expense', 1000],
		['expense', 10_000],
		['expense', 900],
		['settlement', 500],
		['settlement', 500]
	]);
	expect(plan.rows[1]).toMatchObject({
		line: 4,
		date: '2026-01-06',
		description: 'Pizza, twice',
		payers: [{ name: 'Ben', amount: 1000 }],
		shares: [
			{ name: 'Ben', amount: 333 },
			{ name: 'Ana', amount: 333 },
			{ name: 'Cleo', amount: 334 }
		]
	});
	expect(plan.rows[4]).toMatchObject({
		payers: [{ name: 'Ben', amount: 500 }],
		shares: [{ name: 'Ana', amount: 500 }]
	});
});

test('where its last row says something else than its rows, that is told', () => {
	const plan = read(splitwise.replace('36.67', '36.60'));
	expect(plan.differences).toEqual([{ name: 'Ana', currency: 'EUR', stated: 3660, sum: 3667 }]);
});

test('a row that is off by the rounding is put right; one that is off by more is refused', () => {
	const row = (cells: string) => splitwise.replace('20.00,-10.00,-10.00', cells);
	expect(sums(read(row('20.01,-10.00,-10.00')), 'EUR')).toEqual(splitwiseSums.EUR);
	expect(problem(row('20.05,-10.00,-10.00'))).toEqual({ code: 'import_unbalanced', line: 3 });
});

test('any nets of any Splitwise row come out as they went in', () => {
	const nets = fc
		.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 1, maxLength: 12 })
		.map((some) => [...some, -some.reduce((sum, net) => sum + net, 0)]);
	fc.assert(
		fc.property(nets, fc.nat(3_000_000), fc.constantFrom('EUR', 'KWD', 'JPY'), (row, cost, currency) => {
			const names = row.map((_, n) => `P${n}`);
			const cells = row.map((net) => toDecimal(net, currency));
			const text = [
				`Date,Description,Category,Cost,Currency,${names.join()}`,
				`2026-01-01,X,General,${toDecimal(cost, currency)},${currency},${cells.join()}`,
				`2026-01-01,Y,General,1,${currency},${row.map(() => '0').join()}`
			].join('\n');
			if (row.every((net) => net === 0)) return;
			const expected = Object.fromEntries(
				names.map((name, n) => [name, row[n]]).filter(([, net]) => net !== 0)
			);
			expect(sums(read(text), currency)).toEqual(expected);
		}),
		{ numRuns: 300 }
	);
});

test('of a Spliit export each column is a share, and whoever paid is ahead by those of the others', () => {
	const open = read(spliit);
	expect(open).toMatchObject({ source: 'spliit', members: ['Ana', 'Ben', 'Cleo'] });
	expect(Object.fromEntries(open.questions.map(({ line, names }) => [line, names]))).toEqual(spliitOpen);
	const payers = Object.fromEntries(spliitAnswers.map(({ line, name }) => [line, name]));
	const plan = read(spliit, { payers });
	expect(plan.questions).toEqual([]);
	expect(sums(plan, 'EUR')).toEqual(spliitSums);
	expect(plan.rows.map(({ kind, amount }) => [kind, amount])).toEqual([
		['expense', 6750],
		['expense', 1075],
		['expense', 1840],
		['expense', -3000],
		['settlement', 1250],
		['expense', 400]
	]);
	expect(plan.rows[2]).toMatchObject({ notes: '20.00 USD × 0.92' });
	// Somebody who has a share of their own has not paid it.
	expect(read(spliit, { payers: { ...payers, 6: 'Cleo' } }).questions).toHaveLength(1);
});

test('what is no such export, or cannot be read, is refused with its line', () => {
	expect(problem('a,b\n1,2')).toEqual({ code: 'import_unknown' });
	expect(problem('')).toEqual({ code: 'import_unknown' });
	expect(problem('Date,Description,Category,Cost,Currency,Ana\n')).toEqual({ code: 'import_empty' });
	expect(problem(splitwise.replace('2026-01-06', '06.01.2026'))).toEqual({
		code: 'import_bad_date',
		line: 4
	});
	expect(problem(splitwise.replace('6.67', '6,67x'))).toEqual({ code: 'import_bad_amount', line: 4 });
	expect(problem(splitwise.replace('USD', 'USX'))).toEqual({ code: 'import_bad_currency', line: 6 });
	expect(problem(spliit.replace('5.38,0', '5.38,3'))).toEqual({ code: 'import_unbalanced', line: 3 });
	const many = splitwise + '2026-01-05,G,,30.00,EUR,20.00,-10.00,-10.00\n'.repeat(10_010);
	expect(problem(many)).toMatchObject({ code: 'import_too_many_rows' });
	const people = Array.from({ length: 51 }, (_, n) => `P${n}`).join();
	expect(problem(`Date,Description,Category,Cost,Currency,${people}\n`)).toMatchObject({
		code: 'import_too_many_members'
	});
});

test('two columns of one name are two people', () => {
	const plan = read('Date,Description,Category,Cost,Currency,Ana,Ana\n2026-01-01,Tea,General,4,EUR,2,-2\n');
	expect(sums(plan, 'EUR')).toEqual({ Ana: 200, 'Ana (2)': -200 });
});

if (realExport('splitwise_drift.csv'))
	test('a real Splitwise export gives its column sums', () => {
		const text = realExport('splitwise_drift.csv')!;
		const plan = read(text);
		expect(plan.rows).toHaveLength(21);
		expect(plan.rows.filter(({ kind }) => kind === 'settlement')).toHaveLength(6);
		expect(planBalances(plan)).toEqual([]);
		expect(plan.differences).toEqual([]);
		// Each row by itself: everybody's part is the cell.
		const [heading = '', ...lines] = text.trim().split(/\r?\n/);
		const names = heading.split(',').slice(5);
		for (const row of plan.rows) {
			const cells = lines[row.line - 2]!.split(',').slice(-names.length);
			const expected = Object.fromEntries(
				names.map((name, n) => [name, toMinor(cells[n]!, 'MKD')]).filter(([, net]) => net !== 0)
			);
			expect(sums({ ...plan, rows: [row] }, 'MKD')).toEqual(expected);
		}
	});

if (realExport('spliit_export.csv'))
	test('a real Spliit export is read whole', () => {
		const plan = read(realExport('spliit_export.csv')!);
		expect(plan.members).toEqual(['John', 'Jane']);
		expect(plan.rows).toHaveLength(75);
		expect(plan.questions).toEqual([]);
		const [gas] = plan.rows;
		expect(gas).toMatchObject({
			payers: [{ name: 'John', amount: 6750 }],
			shares: [
				{ name: 'John', amount: 4500 },
				{ name: 'Jane', amount: 2250 }
			]
		});
		expect(plan.rows.filter(({ kind }) => kind === 'settlement')).toMatchObject([
			{ payers: [{ name: 'John', amount: 5192 }], shares: [{ name: 'Jane' }] }
		]);
		expect(planBalances(plan).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
	});
