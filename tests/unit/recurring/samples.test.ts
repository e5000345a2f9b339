import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSeries } from '#lib/recurring/find.ts';
import type { Cadence, Payment } from '#lib/recurring/types.ts';
import { toMinor } from '#lib/money.ts';

// A real household's 21 months (January 2018 to September 2019), read where SAMPLES names a folder that holds it.
const file = join(process.env['SAMPLES'] ?? '', 'labelled/mint_personal_2018_19.csv');
const households = existsSync(file) ? [readFileSync(file, 'utf8')] : [];

const regular: Record<string, [Cadence, number]> = {
	Amazon: ['monthly', -1309],
	'Mortgage Payment': ['monthly', -110000],
	Netflix: ['monthly', -1390],
	Spotify: ['monthly', -1069],
	'Gas Company': ['monthly', -3000],
	'Phone Company': ['monthly', -6500],
	'City Water Charges': ['monthly', -3500],
	'Power Company': ['monthly', -6000],
	'Internet Service Provider': ['monthly', -7500],
	'State Farm': ['monthly', -7500],
	'Biweekly Paycheck': ['fortnightly', 225000]
};

test('a real household: every bill once, and nothing else with confidence', () => {
	for (const text of households) {
		const found = [...merchantsOf(text)].flatMap(([key, payments]) =>
			findSeries(payments, '2019-09-30').map((series) => ({ merchant: key.split('\n')[0]!, ...series }))
		);
		const sure = found.filter(({ confidence }) => confidence >= 0.65);
		expect(
			Object.fromEntries(sure.map(({ merchant, cadence, amount }) => [merchant, [cadence, amount]]))
		).toEqual(regular);
		expect(sure).toHaveLength(Object.keys(regular).length);
		expect(found.length).toBeLessThanOrEqual(sure.length + 2);
	}
});

function merchantsOf(csv: string): Map<string, Payment[]> {
	const merchants = new Map<string, Payment[]>();
	for (const [line, row] of csv.trim().split(/\r?\n/).slice(1).entries()) {
		const [date, merchant, amount, type, , account] = row.split(',');
		const [month, day, year] = date!.split(/[-/]/);
		const minor = toMinor(amount!, 'USD')! * (type === 'debit' ? -1 : 1);
		const key = `${merchant}\n${account}\n${type}`;
		const payments = merchants.get(key) ?? [];
		payments.push({ id: String(line), date: `${year}-${month}-${day}`, amount: minor });
		merchants.set(key, payments);
	}
	return merchants;
}
