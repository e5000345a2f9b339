import { expect, test } from 'vitest';
import type { ColumnRole, Mapping } from '#lib/statement/types.ts';
import { withHeader, withRole } from '../../../src/routes/(app)/uploads/[id]/mapping.ts';

const mapping = (...roles: ColumnRole[]): Mapping => ({
	encoding: 'utf-8',
	delimiter: ';',
	headerLine: 4,
	firstLine: 5,
	columns: roles.map((role, index) => ({ name: `c${index}`, role })),
	dateOrder: 'dmy',
	decimal: ',',
	sign: 'as_is',
	debits: 'positive',
	currency: 'EUR'
});
const roles = ({ columns }: Mapping) => columns.map(({ role }) => role);

test('an amount takes the place of another amount, and of debit and credit', () => {
	expect(roles(withRole(mapping('amount', 'ignore'), 1, 'amount'))).toEqual(['ignore', 'amount']);
	expect(roles(withRole(mapping('debit', 'credit', 'ignore'), 2, 'amount'))).toEqual([
		'ignore',
		'ignore',
		'amount'
	]);
});

test('money out in a column of its own leaves money in where it is', () => {
	expect(roles(withRole(mapping('credit', 'ignore'), 1, 'debit'))).toEqual(['credit', 'debit']);
	expect(roles(withRole(mapping('amount', 'ignore'), 1, 'debit'))).toEqual(['ignore', 'debit']);
});

test('text may stand in several columns', () => {
	expect(roles(withRole(mapping('description', 'ignore'), 1, 'description'))).toEqual([
		'description',
		'description'
	]);
});

test('without headings the rows begin where the headings were', () => {
	expect(withHeader(mapping('date'), null)).toMatchObject({ headerLine: null, firstLine: 4 });
	expect(withHeader(mapping('date'), 2)).toMatchObject({ headerLine: 2, firstLine: 3 });
});
