import { expect, test } from 'vitest';
import { freeName, nameKey } from '#lib/groups/member-names.ts';

test('case, width, blanks and what is not seen tell no names apart', () => {
	for (const same of ['ana', 'ANA', '  Ana ', 'Ａｎａ', 'A\u200bna', 'An\u2060a']) {
		expect(nameKey(same)).toBe(nameKey('Ana'));
	}
	expect(nameKey('Ana  Maria')).toBe(nameKey('ana maria'));
	for (const other of ['Anna', 'Ana 2', 'Aná', '安娜']) expect(nameKey(other)).not.toBe(nameKey('Ana'));
});

test('who comes later gets the first number that is free', () => {
	expect(freeName('Ana', ['Ben'])).toBe('Ana');
	expect(freeName('Ana', ['ana'])).toBe('Ana 2');
	expect(freeName('Ana', ['Ana', 'ANA 2', 'Ana 4'])).toBe('Ana 3');
});

test('with its number a name is no longer than names can be, and breaks no letter', () => {
	const long = 'x'.repeat(80);
	expect(freeName(long, [long])).toBe(`${'x'.repeat(78)} 2`);
	const emoji = '😀'.repeat(40);
	const name = freeName(`x${emoji}`.slice(0, 80), [`x${emoji}`.slice(0, 80)]);
	expect(name.length).toBeLessThanOrEqual(80);
	expect(name.isWellFormed()).toBe(true);
});
