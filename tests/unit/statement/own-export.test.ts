import { expect, it } from 'vitest';
import { ownColumns, ownRow } from '#lib/statement/own-export.ts';

const read = (cells: Record<string, string>) => ownRow(ownColumns.map((name) => cells[name] ?? ''));

it('says which transaction a row was, and only where that is an id', () => {
	const id = '01a21a64-b5b5-7021-b084-b8330d0348a9';
	expect(read({ id })).toEqual({ id, merchant: '', note: '' });
	expect(read({ id: "' OR 1=1" }).id).toBeNull();
});

it('takes off the sign before what looks like a formula', () => {
	expect(read({ merchant: "'=Odd Shop", note: "'-half of it" })).toMatchObject({
		merchant: '=Odd Shop',
		note: '-half of it'
	});
});

it('leaves a long merchant as it is, so that one the text says is known as such', () => {
	const merchant = 'Long '.repeat(60).trim();
	expect(read({ merchant }).merchant).toBe(merchant);
});

it('cuts a note where a person could write no more, and no sign in half', () => {
	const { note } = read({ note: `${'x'.repeat(999)}🧾 and more` });
	expect(note).toHaveLength(1000);
	expect(note.isWellFormed()).toBe(true);
});
