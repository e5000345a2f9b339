/** How a mapping changes when a person corrects one of its claims. */
import type { ColumnRole, Mapping } from '#lib/statement/types.ts';

/** Roles that one column at most can have. */
const single: readonly ColumnRole[] = [
	'amount',
	'debit',
	'credit',
	'direction',
	'currency',
	'balance',
	'fee',
	'status'
];

/** What a column's new role takes from the others: an amount stands alone, or is split into debit and credit. */
const displaces = (role: ColumnRole): readonly ColumnRole[] => {
	if (role === 'amount') return ['amount', 'debit', 'credit'];
	if (role === 'debit' || role === 'credit') return ['amount', role];
	return single.includes(role) ? [role] : [];
};

/** The mapping with another role for one column. */
export function withRole(mapping: Mapping, index: number, role: ColumnRole): Mapping {
	const taken = displaces(role);
	const columns = mapping.columns.map((column, at) => {
		if (at === index) return { ...column, role };
		return taken.includes(column.role) ? { ...column, role: 'ignore' as const } : column;
	});
	return { ...mapping, columns };
}

/** The mapping with the headings in another line, or (null) with none: then the rows begin where the headings were. */
export function withHeader(mapping: Mapping, headerLine: number | null): Mapping {
	const firstLine = headerLine === null ? (mapping.headerLine ?? mapping.firstLine) : headerLine + 1;
	return { ...mapping, headerLine, firstLine };
}

export const hasRole = ({ columns }: Mapping, role: ColumnRole): boolean =>
	columns.some((column) => column.role === role);
