import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvLine, plainText, textCell } from '#lib/csv.ts';

test.each(['=1+1', '+1', '-2', '@SUM(A1)', '\tx', '\rx', '=1\nmore', "=cmd|' /C calc'!A0"])(
	'a text like the formula %j is one that a spreadsheet shows',
	(text) => {
		expect(textCell(text)).toBe(`'${text}`);
		expect(plainText(textCell(text))).toBe(text);
	}
);

test.each(['', 'REWE', 'a=b', ' =1', "'tis", '1-2', 'Ümläut'])('the text %j stays what it is', (text) => {
	expect(textCell(text)).toBe(text);
	expect(plainText(text)).toBe(text);
});

test('an apostrophe that was there before stays when the one in front is taken off', () => {
	expect(textCell("'=1")).toBe("''=1");
	expect(plainText("''=1")).toBe("'=1");
});

test('whatever is in the cells is read back the same, line breaks and quotes too', () => {
	const rows = [
		['plain', 'with, comma', 'with "quotes"'],
		['', ' blanks ', 'two\nlines'],
		['-12.34', 'a\r\nb', '€']
	];
	const text = rows.map(csvLine).join('');
	expect(text.endsWith('\r\n')).toBe(true);
	expect(Papa.parse(text, { skipEmptyLines: true }).data).toEqual(rows);
	expect(csvLine(['-12.34', '5.00'])).toBe('-12.34,5.00\r\n');
});
