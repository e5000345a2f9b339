import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvLines, textCell } from '#lib/csv.ts';

test.each(['=1+1', '+1', '-2', '@SUM(A1)', '\tx', '\rx', '=1\nmore', "=cmd|' /C calc'!A0"])(
	'a text like the formula %j is one that a spreadsheet shows',
	(text) => {
		expect(textCell(text)).toBe(`'${text}`);
	}
);

test.each(['', 'REWE', 'a=b', ' =1', "'=1", '1-2', 'Ümläut'])('the text %j stays what it is', (text) => {
	expect(textCell(text)).toBe(text);
});

test('whatever is in the cells is read back the same, line breaks and quotes too', () => {
	const rows = [
		['plain', 'with, comma', 'with "quotes"'],
		['', ' blanks ', 'two\nlines'],
		['-12.34', 'a\r\nb', '€']
	];
	const text = csvLines(rows);
	expect(text.endsWith('\r\n')).toBe(true);
	expect(Papa.parse(text, { skipEmptyLines: true }).data).toEqual(rows);
	expect(csvLines([])).toBe('');
	expect(csvLines([['-12.34', '5.00']])).toBe('-12.34,5.00\r\n');
});
