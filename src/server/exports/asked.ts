import { z } from 'zod';
import { formats, type Format } from '#lib/exports/document.ts';
import { fileName } from '#lib/exports/file-name.ts';
import { today } from '#lib/i18n.ts';
import type { Scope } from '#lib/scopes.ts';
import { writeArchive } from '../archive/write.ts';
import type { Access } from '../auth/access.ts';
import { configOf, type Db } from '../db/client.ts';
import { invalidInput, notFound } from '../errors.ts';
import { transactionFilter } from '../transactions/list.ts';
import { budgetsQuery, exportBudgets } from './budgets.ts';
import { countGroupRows } from './group-counts.ts';
import { exportGroup } from './groups.ts';
import { countTransactionRows } from './transaction-rows.ts';
import { exportTransactions, type Person } from './transactions.ts';
import { written, type Source } from './write.ts';

const types: Record<Format, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	pdf: 'application/pdf'
};

/** A file that was asked for. */
export type ExportFile = {
	/** Plain ASCII, without spaces or quotes. */
	name: string;
	type: string;
	pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
	/** Of what consists of rows: counts those that will be in the file. */
	countRows?: () => Promise<number>;
};

/**
 * The name of the file without its ending, and what is in it. `csv`: the table that a CSV file holds unless another is asked for.
 * `counts`: how many rows each table has, by its key, of those that may be long.
 */
type Named = { name: string; source: Source; csv: string; counts?: () => Promise<Record<string, number>> };
type Query = Record<string, string>;
type Noun = {
	/** What an API token has to be allowed to, one of these. */
	scopes: readonly Scope[];
	read(db: Db, person: Person, id: string | undefined, query: Query): Promise<Named>;
};

const nouns: Record<string, Noun> = {
	transactions: {
		scopes: ['read'],
		read: async (db, person, id, { review, ...query }) => {
			if (id !== undefined) throw notFound();
			const filter = readAs(transactionFilter, { ...query, review: flags.get(review) ?? review });
			const source = await exportTransactions(db, person, filter);
			const counts = async () => ({ transactions: await countTransactionRows(db, person.id, filter) });
			return { name: fileName('transactions', filter.from, filter.to), source, csv: 'transactions', counts };
		}
	},
	budgets: {
		scopes: ['read'],
		read: async (db, person, id, query) => {
			if (id !== undefined) throw notFound();
			const { month, source } = await exportBudgets(db, person, readAs(budgetsQuery, query));
			return { name: fileName('budgets', month), source, csv: 'budgets' };
		}
	},
	groups: {
		scopes: ['read', 'groups'],
		read: async (db, person, id) => {
			const { groupName, source } = await exportGroup(db, person, id ?? '');
			const name = fileName('group', groupName, source.document.madeOn);
			return { name, source, csv: 'expenses', counts: () => countGroupRows(db, person, id ?? '') };
		}
	}
};

const flags = new Map<string | undefined, boolean>([
	['1', true],
	['true', true],
	['0', false],
	['false', false]
]);

const path = new RegExp(`^([a-z]+)(?:/([^/]+))?\\.(${formats.join('|')})$`);

/** Files that are no document: what it takes to get them, and what they are. */
const others: Record<string, { access: Access; read(db: Db, person: Person): ExportFile }> = {
	'everything.zip': {
		access: { scopes: [], stepUp: true },
		read: (db, { id, name, email, timeZone }) => ({
			name: `${fileName('quits', 'everything', today(timeZone))}.zip`,
			type: 'application/zip',
			pieces: writeArchive(configOf(db), { id, name, email })
		})
	}
};

const otherIn = (file: string): (typeof others)[string] | undefined =>
	Object.hasOwn(others, file) ? others[file] : undefined;

/** Who may ask for it. Error: NOT_FOUND, for an address that is none. */
export const exportAccess = (file: string): Access =>
	otherIn(file)?.access ?? { scopes: nounIn(file).noun.scopes };

function nounIn(file: string): { noun: Noun; id: string | undefined; format: Format } {
	const [, name = '', id, format] = path.exec(file) ?? [];
	if (!Object.hasOwn(nouns, name)) throw notFound();
	return { noun: nouns[name]!, id, format: format as Format };
}

/**
 * The file that an address under `/api/exports/` asks for: `NOUN.FORMAT` or `NOUN/ID.FORMAT`, and a query; or `everything.zip`.
 * A CSV file holds one table, which `table` can choose, and begins with a byte order mark under `bom=1`. Rows are not read before
 * the first piece is asked for; `onRows` is told of them as they are written. Errors: NOT_FOUND (alike for what others may see and
 * what is not there), INVALID.
 */
export async function askedFile(
	db: Db,
	person: Person,
	file: string,
	params: URLSearchParams,
	onRows: (count: number) => void = () => undefined
): Promise<ExportFile> {
	const other = otherIn(file);
	if (other) return other.read(db, person);
	const { noun, id, format } = nounIn(file);
	const { bom, table, ...query } = givenIn(params);
	const { name, source, csv, counts } = await noun.read(db, person, id, query);
	const chosen = format === 'csv' ? onlyTable(source, table ?? csv) : source;
	return {
		name: `${table && format === 'csv' ? fileName(name, table) : name}.${format}`,
		type: types[format],
		pieces: written(chosen, format, { bom: flags.get(bom) ?? false }, { who: person.id, onRows }),
		...(counts && {
			countRows: async () => {
				const all = await counts();
				return chosen.document.tables.reduce((sum, { key }) => sum + (all[key] ?? 0), 0);
			}
		})
	};
}

const givenIn = (params: URLSearchParams): Query =>
	Object.fromEntries([...params].filter(([, value]) => value !== ''));

/** How many rows a file would have, as CSV and as the other formats; null where nobody counts. Errors: those of the file. */
export async function countAsked(
	db: Db,
	person: Person,
	of: string,
	params: URLSearchParams
): Promise<Record<Format, number | null>> {
	const { noun, id } = nounIn(`${of}.csv`);
	const { table, ...query } = givenIn(params);
	const { csv, counts } = await noun.read(db, person, id, query);
	const all = await counts?.();
	if (!all) return { csv: null, xlsx: null, pdf: null };
	const whole = Object.values(all).reduce((sum, count) => sum + count, 0);
	return { csv: all[table ?? csv] ?? null, xlsx: whole, pdf: whole };
}

/** Error: NOT_FOUND, for a table that it does not have. */
function onlyTable({ document, batches }: Source, key: string): Source {
	const at = document.tables.findIndex((table) => table.key === key);
	if (at < 0) throw notFound();
	return { document: { ...document, tables: [document.tables[at]!] }, batches: only(batches, at) };
}

async function* only(batches: Source['batches'], at: number): Source['batches'] {
	for await (const { table, rows } of batches) {
		if (table > at) return;
		if (table === at) yield { table: 0, rows };
	}
}

/** Error: INVALID, with what is wrong with each field. */
function readAs<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
	const result = schema.safeParse(query);
	if (result.success) return result.data;
	throw invalidInput(result.error);
}
