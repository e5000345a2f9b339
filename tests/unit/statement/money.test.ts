import { describe, expect, it } from 'vitest';
import { detect } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';

function read(text: string, defaultCurrency = 'EUR') {
	const detection = detect(text, { defaultCurrency });
	const rows = [...readRows(text, detection.mapping)].map((r) =>
		r.outcome === 'ok' ? `${r.amount} ${r.currency}` : `${r.reason.code} ${r.reason.column} ${r.reason.value}`
	);
	return { ...detection, rows };
}
const table = (...amounts: string[]) =>
	['Date;Text;Amount', ...amounts.map((a, i) => `2024-01-${10 + i};Tea ${i};${a}`)].join('\n');

describe('currency', () => {
	it('is that printed with the amount, before that of the account', () => {
		const mixed = table('€-10.00', '$-20.00', '-10.00 EUR', '-4.00');
		expect(read(mixed).rows).toEqual(['-1000 EUR', '-2000 USD', '-1000 EUR', '-400 EUR']);
		expect(read(mixed, 'CAD').rows).toEqual(['-1000 EUR', '-2000 CAD', '-1000 EUR', '-400 CAD']);
	});
	it('need not be asked for where every amount names its own', () => {
		const { rows, questions } = read(table('€-10.00', '£-20.00', '-10.00 PLN'));
		expect(rows).toEqual(['-1000 EUR', '-2000 GBP', '-1000 PLN']);
		expect(questions).toEqual([]);
	});
	it('takes a shared mark for that of the account only where it can be', () => {
		expect(read(table('$-10.00', '$-20.00'), 'AUD').rows).toEqual(['-1000 AUD', '-2000 AUD']);
		expect(read(table('$-10.00', '$-20.00')).rows).toEqual(['-1000 USD', '-2000 USD']);
		expect(read(table('€-10.00', '¥-2000')).rows).toEqual(['-1000 EUR', '-2000 JPY']);
		expect(read(table('€-10.00', '¥-20.00'), 'CNY').rows).toEqual(['-1000 EUR', '-2000 CNY']);
	});
	it('is said to be assumed where the file names none', () => {
		expect(read(table('-10.00')).currencyStated).toBe(false);
		expect(read(table('€-10.00')).currencyStated).toBe(true);
		expect(read(table('-10.00').replace('Amount', 'Amount EUR')).currencyStated).toBe(true);
	});
});

describe('decimals', () => {
	it('beyond those of the currency are not rounded away', () => {
		expect(read(table('-1.00', '-2.345', '-2.340', '-3.50', '-4.10', '-5.20')).rows).toEqual([
			'-100 EUR',
			'too_many_decimals Amount -2.345',
			'-234 EUR',
			'-350 EUR',
			'-410 EUR',
			'-520 EUR'
		]);
		expect(read(table('JPY -5', 'JPY -6.00', 'JPY -7', 'JPY -8', 'JPY -9', 'JPY -5.5')).rows).toEqual([
			'-5 JPY',
			'-6 JPY',
			'-7 JPY',
			'-8 JPY',
			'-9 JPY',
			'too_many_decimals Amount JPY -5.5'
		]);
	});
	it('in many rows put the currency that was assumed in doubt', () => {
		expect(read(table('-1.50', '-2.25'), 'JPY').questions).toEqual(['currency']);
	});
});

describe('a fee', () => {
	const withFee = (title: string, ...rows: string[]) =>
		[`Date;Text;Amount;Fee${title}`, ...rows.map((r, i) => `2024-01-${10 + i};Tea ${i};${r}`)].join('\n');
	it('comes on top where the balance says so, even in one row of many', () => {
		const quiet = [1, 2, 3, 4, 5].map((n) => `-1.00;0.00;${(88.5 - n).toFixed(2)}`);
		const { rows, questions } = read(
			withFee(';Balance', '100.00;0.00;100.00', '-10.00;1.50;88.50', ...quiet)
		);
		expect(rows.slice(0, 3)).toEqual(['10000 EUR', '-1150 EUR', '-100 EUR']);
		expect(questions).toEqual([]);
	});
	it('is in the amount where the balance says so', () => {
		const { rows, questions } = read(withFee(';Balance', '100.00;0.00;100.00', '-10.00;1.50;90.00'));
		expect(rows).toEqual(['10000 EUR', '-1000 EUR']);
		expect(questions).toEqual([]);
	});
	it('is asked about where no balance tells', () =>
		expect(read(withFee('', '-10.00;1.50', '-4.00;0.00')).questions).toEqual(['columns']));
	it('of nothing is no question', () =>
		expect(read(withFee('', '-10.00;0.00', '-4.00;0.00')).questions).toEqual([]));
});
