import { expect, test } from 'vitest';
import { detect, detectUnder } from '#lib/statement/detect.ts';

const hints = { defaultCurrency: 'EUR' };
const file = [
	'Account;DE00',
	'',
	'Date;Text;Amount',
	'13/03/2019;Rent;-800,00',
	'04/03/2019;Groceries;-12,50',
	'05/03/2019;Pay;1.200,00',
	''
].join('\n');
const found = detect(file, hints).mapping;
const firstRow = (source: string, change: Partial<typeof found>) =>
	detectUnder(source, { ...found, ...change }, hints).sample[0]?.row;

test('what a person says of a file holds, even against what the file is sure of', () => {
	expect(detect(file, hints).questions).not.toContain('date_order');
	expect(firstRow(file, { dateOrder: 'mdy' })).toMatchObject({
		outcome: 'rejected',
		reason: { code: 'bad_date', value: '13/03/2019' }
	});
	expect(firstRow(file, { sign: 'inverted' })).toMatchObject({ outcome: 'ok', amount: 80_000 });
	expect(firstRow(file, { currency: 'KWD' })).toMatchObject({
		outcome: 'ok',
		currency: 'KWD',
		amount: -800_000
	});
});

test('the same mapping reads the same', () => {
	expect(detectUnder(file, found, hints)).toEqual({ ...detect(file, hints), questions: [] });
});

test('without a column for the amount the rows are shown unread, and the columns asked about', () => {
	const columns = found.columns.map((column) => ({ ...column, role: 'ignore' as const }));
	const { questions, sample } = detectUnder(file, { ...found, columns }, hints);
	expect(questions).toEqual(['columns']);
	expect(sample.map(({ row }) => row)).toEqual([null, null, null]);
	expect(sample[0]?.cells).toEqual(['13/03/2019', 'Rent', '-800,00']);
});

test('another header names the columns anew, none leaves them without names', () => {
	const twoHeads = file.replace('Account;DE00', 'Day;What;Sum');
	const other = detectUnder(twoHeads, { ...found, headerLine: 1, firstLine: 2 }, hints).mapping;
	expect(other.columns.map(({ name }) => name)).toEqual(['Day', 'What', 'Sum']);
	const none = detectUnder(file, { ...found, headerLine: null, firstLine: 4 }, hints).mapping;
	expect(none.columns.map(({ name, role }) => [name, role])).toEqual([
		['', 'date'],
		['', 'description'],
		['', 'amount']
	]);
});

test('the first lines of the file come along, to choose the header from', () => {
	expect(detect(file, hints).head.slice(0, 3)).toEqual([
		{ line: 1, raw: 'Account;DE00' },
		{ line: 2, raw: '' },
		{ line: 3, raw: 'Date;Text;Amount' }
	]);
});
