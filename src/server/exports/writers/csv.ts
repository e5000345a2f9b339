import { quoted, textCell } from '#lib/csv.ts';
import type { Cell, Column } from '#lib/exports/document.ts';
import { toDecimal } from '#lib/money.ts';
import type { MakeWriter } from './writer.ts';

type Writing = (row: Cell[]) => string;

const writings: Record<Column['kind'], (column: Column) => Writing> = {
	text: ({ at, names }) => {
		if (!names) return (row) => textOf(row[at]!);
		const known = new Map(Object.entries(names).map(([id, name]) => [id, textOf(name)]));
		return (row) => known.get(String(row[at])) ?? '';
	},
	date: plain,
	number: plain,
	percent: plain,
	money:
		({ at, currency }) =>
		(row) =>
			row[at] === null ? '' : toDecimal(Number(row[at]), String(row[currency!]))
};

function plain({ at }: Column): Writing {
	return (row) => String(row[at] ?? '');
}

// Most texts need nothing done, and looking once is what most of the time goes into.
const plainWord = /^[^'=+\-@\s",][^",\r\n]*[^",\s]$/;

function textOf(cell: Cell): string {
	const text = String(cell ?? '');
	return plainWord.test(text) ? text : quoted(textCell(text));
}

/** A text put together of thousands of pieces is more work to take apart again than all else here. */
const linesAtOnce = 32;

/** A document's first table: one header of names for programs, then a line a row. */
export const csvWriter: MakeWriter = ({ tables: [table] }, out, { bom }) => {
	const columns = table?.columns ?? [];
	const [first, ...others] = columns.map((column) => writings[column.kind](column));
	out(Buffer.from(`${bom ? '\uFEFF' : ''}${columns.map(({ key }) => key).join(',')}\r\n`));
	return {
		rows(_, rows) {
			let text = '';
			for (const [at, row] of rows.entries()) {
				text += first?.(row) ?? '';
				for (const other of others) text += `,${other(row)}`;
				text += '\r\n';
				if (at % linesAtOnce < linesAtOnce - 1) continue;
				out(Buffer.from(text));
				text = '';
			}
			out(Buffer.from(text));
		},
		*end() {}
	};
};
