import { describe, expect, it } from 'vitest';
import { detect } from '#lib/statement/detect.ts';
import { maxFieldLength, maxRows } from '#lib/statement/limits.ts';
import { readRows } from '#lib/statement/read.ts';
import { sniff } from '#lib/statement/sniff.ts';
import { mappingSchema, StatementError } from '#lib/statement/types.ts';
import type { ReadRow } from '#lib/statement/types.ts';
import { encode } from './shapes.ts';

const header = 'Date,Description,Amount\n';

function read(text: string, encoding?: string): { rows: ReadRow[]; questions: string[] } {
	const bytes = encode(text, encoding);
	const { mapping, questions } = detect(bytes, { defaultCurrency: 'EUR' });
	return { rows: [...readRows(bytes, mapping)], questions };
}

function codeOf(run: () => unknown): string {
	try {
		run();
	} catch (error) {
		if (error instanceof StatementError) return error.code;
		throw error;
	}
	return 'none';
}

describe('sniff', () => {
	const bytes = (...head: number[]) => Uint8Array.from([...head, ...new Array<number>(100).fill(65)]);
	it.each([
		['nothing', new Uint8Array(), { ok: false, code: 'empty' }],
		['blank lines', encode('\n \r\n\t'), { ok: false, code: 'empty' }],
		['PNG', bytes(0x89, 0x50, 0x4e, 0x47), { ok: false, code: 'binary' }],
		['PDF', encode('%PDF-1.7 …'), { ok: false, code: 'binary' }],
		['ZIP', bytes(0x50, 0x4b, 3, 4), { ok: false, code: 'binary' }],
		['NUL', encode('a,b\0c\n1,2,3'), { ok: false, code: 'binary' }],
		[
			'XLSX',
			encode('PK\u0003\u0004....xl/workbook.xml'),
			{ ok: false, code: 'format_not_supported', format: 'xlsx' }
		],
		['old Excel', bytes(0xd0, 0xcf, 0x11, 0xe0), { ok: false, code: 'format_not_supported', format: 'xls' }],
		[
			'OFX',
			encode('OFXHEADER:100\nDATA:OFXSGML'),
			{ ok: false, code: 'format_not_supported', format: 'ofx' }
		],
		['QIF', encode('!Type:Bank\nD1/2/2024'), { ok: false, code: 'format_not_supported', format: 'qif' }],
		[
			'CAMT',
			encode('<?xml version="1.0"?><Document/>'),
			{ ok: false, code: 'format_not_supported', format: 'camt' }
		],
		[
			'MT940',
			encode(':20:1\n:25:1/2\n:60F:C240101EUR0,'),
			{ ok: false, code: 'format_not_supported', format: 'mt940' }
		],
		['UTF-16', encode(header + '2024-01-31,Café,-3.40', 'utf-16le'), { ok: true, format: 'csv' }]
	])('%s', (_, file, expected) => expect(sniff(file)).toEqual(expected));
});

describe('files that cannot be read', () => {
	it('header only', () => expect(codeOf(() => read(header))).toBe('no_rows'));
	it('prose', () =>
		expect(codeOf(() => read('Dear Ada\nplease find the statement attached\n'))).toBe('not_a_table'));
	it.each([
		'Dear Ada,\nplease find, as discussed, the statement attached.\nAll the best,\nBob\n',
		'On the date, the amount, and the balance, we agree.\nWe met, ate, and left.\n'
	])('prose with commas', (text) => expect(codeOf(() => read(text))).toBe('not_a_table'));
	it.each([
		'[\n {"date": "2024-01-31", "amount": -3.5},\n {"date": "2024-02-01", "amount": -4}\n]',
		'{\n  "transactions": [\n    { "date": "2024-01-31", "amount": -3.50 }\n  ]\n}\n'
	])('JSON', (text) => expect(codeOf(() => read(text))).toBe('not_a_table'));
	it('a thousand columns', () => {
		const row = ['2024-01-31', '-1.00', ...new Array<string>(998).fill('x')].join(',');
		expect(codeOf(() => read(`${row}\n${row}\n`))).toBe('too_many_columns');
	});
	it('a quote that never closes, over megabytes', () => {
		const text = `${header}2024-01-31,"Cafe,-3.40\n${'2024-02-01,Tea,-1.00\n'.repeat(300_000)}`;
		expect(codeOf(() => read(text))).toBe('field_too_long');
	});
	it('a cell beyond the limit', () => {
		expect(codeOf(() => read(`${header}2024-01-31,${'x'.repeat(maxFieldLength + 1)},-3.40\n`))).toBe(
			'field_too_long'
		);
	});
	it('too many rows', () => {
		const mapping = detect(`${header}2024-01-31,Tea,-1.00\n`, { defaultCurrency: 'EUR' }).mapping;
		const text = header + '2024-01-31,Tea,-1.00\n'.repeat(maxRows + 1);
		expect(codeOf(() => [...readRows(text, mapping)].length)).toBe('too_many_rows');
	});
	it('a mapping without a date', () => {
		const mapping = detect(`${header}2024-01-31,Tea,-1.00\n`, { defaultCurrency: 'EUR' }).mapping;
		const columns = mapping.columns.map((c) => ({ ...c, role: 'ignore' as const }));
		expect(codeOf(() => [...readRows('a', { ...mapping, columns })])).toBe('bad_mapping');
	});
});

describe('odd but readable', () => {
	const ok = (rows: ReadRow[]) =>
		rows.map((r) =>
			r.outcome === 'ok' ? `${r.line} ${r.date} ${r.amount} ${r.description}` : `${r.line} ${r.reason.code}`
		);

	it('one row', () =>
		expect(ok(read(`${header}2024-01-31,Tea,-1.00`).rows)).toEqual(['2 2024-01-31 -100 Tea']));
	it.each(['\n', '\r\n', '\r'])('line breaks %j', (br) => {
		const { rows } = read(
			[header.trim(), '2024-01-31,Tea,-1.00', '', '2024-02-01,"Cake\nand cream",-2.00', ''].join(br)
		);
		expect(ok(rows)).toEqual(['2 2024-01-31 -100 Tea', '4 2024-02-01 -200 Cake and cream']);
	});
	it('mixed line breaks', () => {
		const { rows } = read(
			`${header.trim()}\r\n2024-01-31,Tea,-1.00\r2024-02-01,Cake,-2.00\n2024-02-02,Pie,-3.00`
		);
		expect(ok(rows)).toEqual(['2 2024-01-31 -100 Tea', '3 2024-02-01 -200 Cake', '4 2024-02-02 -300 Pie']);
	});
	it('byte order mark and UTF-16', () => {
		expect(ok(read(`\ufeff${header}2024-01-31,Café,-1.00`).rows)).toEqual(['2 2024-01-31 -100 Café']);
		expect(ok(read(`${header}2024-01-31,Café ☕,-1.00`, 'utf-16le').rows)).toEqual([
			'2 2024-01-31 -100 Café ☕'
		]);
	});
	it('drops NUL and lone surrogates from text handed over as such', () => {
		const text = `${header}2024-01-31,"Te\0a \ud800",-1.00`;
		const { mapping } = detect(text, { defaultCurrency: 'EUR' });
		const [row] = [...readRows(text, mapping)];
		expect(row).toMatchObject({ outcome: 'ok', description: 'Tea \ufffd' });
	});
	it('cells like formulas stay text', () => {
		expect(ok(read(`${header}2024-01-31,"=HYPERLINK(""x"")",-1.00`).rows)).toEqual([
			'2 2024-01-31 -100 =HYPERLINK("x")'
		]);
	});
	it('rejects what looks like data and cannot be read, with the reason', () => {
		const { rows } = read(
			`${header}2024-01-31,Tea,-1.00\n2024-02-30,Cake,-2.00\n0001-01-01,Pie,-2.00\n2024-02-03,Jam,1.2.3\n2024-02-04,Ham,\n,Egg,-4.00\n2024-02-05,Nut,-5.00`
		);
		expect(ok(rows)).toEqual([
			'2 2024-01-31 -100 Tea',
			'3 bad_date',
			'4 bad_date',
			'5 bad_amount',
			'6 no_amount',
			'7 no_date',
			'8 2024-02-05 -500 Nut'
		]);
		expect(rows[1]).toMatchObject({ reason: { column: 'Date', value: '2024-02-30' } });
	});
	it('passes over footers, totals, and a header printed again', () => {
		const { rows } = read(
			`${header}2024-01-31,Tea,-1.00\n\n${header}2024-02-01,Cake,-2.00\nTotal,,-3.00\nPrinted by the bank\n`
		);
		expect(ok(rows)).toEqual(['2 2024-01-31 -100 Tea', '5 2024-02-01 -200 Cake']);
	});
	it('rejects a row in which a stray quote swallowed the next line', () => {
		const { rows } = read(
			`${header}2024-01-31,"Tea" house,-1.00\n2024-02-01,"Cake",-2.00\n2024-02-02,Pie,-3.00`
		);
		expect(rows.filter((r) => r.outcome === 'ok' && r.raw.includes('\n'))).toEqual([]);
		expect(ok(rows)).toContain('4 2024-02-02 -300 Pie');
	});
});

describe('questions', () => {
	it('asks about 1.234 when nothing else tells', () => {
		expect(read('Date;Text;Amount\n2024-01-31;Tea;-1.234\n2024-02-01;Cake;-2.500').questions).toContain(
			'decimal'
		);
	});
	it('asks about 06/12 when nothing else tells', () => {
		const { questions } = read(
			'Date,Description,Amount,Currency\n06/12/2021,Tea,-1.00,USD\n07/12/2021,Cake,-2.00,USD'
		);
		expect(questions).toContain('date_order');
	});
	it('asks what positive amounts mean', () => {
		expect(read(`${header}2024-01-31,Tea,1.00\n2024-02-01,Cake,2.00`).questions).toEqual(['sign']);
	});
	it('takes a remembered mapping for the answer', () => {
		const file = encode(`${header}2024-01-31,Tea,1.00\n2024-02-01,Cake,2.00`);
		const first = detect(file, { defaultCurrency: 'EUR' });
		const second = detect(encode(`${header}2024-03-31,Pie,1.00`), {
			defaultCurrency: 'EUR',
			remembered: { ...first.mapping, sign: 'inverted' }
		});
		expect(second.headerKey).toBe(first.headerKey);
		expect(second.questions).toEqual([]);
		expect(second.sample[0]!.row).toMatchObject({ amount: -100 });
	});
	it('asks for the currency when neither file nor account names one', () => {
		expect(detect(encode(`${header}2024-01-31,Tea,-1.00`)).questions).toEqual(['currency']);
	});
	it('makes mappings that its own schema takes', () => {
		const { mapping } = detect(encode(`${header}2024-01-31,Tea,-1.00`), { defaultCurrency: 'EUR' });
		expect(mappingSchema.parse(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
	});
});
