import manifest from '../../../package.json' with { type: 'json' };
import type { Row, Table } from '../backup/format.ts';
import type { Snapshot, Some } from '../backup/sides.ts';
import { snapshotOf } from '../backup/snapshot.ts';
import type { DbConfig } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { readReceipt } from '../receipts/files.ts';
import { nouns, type Line, type Noun } from './nouns.ts';
import { readme } from './readme.ts';
import { receiptName } from './receipt-name.ts';
import { zipped, type Entry } from './zip.ts';

/** Of the files in the archive: another number says that what is called so and so now means something else. */
const format = 1;

/** While rows of a moment are read, the database keeps what was changed since: so long, and no longer, whoever takes the file. */
const rowsWithinMs = 15 * 60_000;

/** What is not known before the rows have been read. */
type Found = { madeAt: Date; lines: Map<Noun, number>; receipts: { expenseId: string; name: string }[] };

/**
 * Everything of one person as the bytes of a ZIP archive (docs/your-data.md), piece by piece. All rows are of one moment, and
 * nobody waits while they are read. Receipts are read after them: one that is gone by then is named in the manifest.
 * Errors: UNAVAILABLE (who takes it was too slow), those of the disk and the database.
 */
export async function* writeArchive(
	where: DbConfig,
	person: { id: string; name: string; email: string }
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
	const found: Found = { madeAt: new Date(), lines: new Map(), receipts: [] };
	yield* zipped(entriesOf(where, person, found), found.madeAt);
}

async function* entriesOf(
	where: DbConfig,
	person: { id: string; name: string; email: string },
	found: Found
): AsyncGenerator<Entry, void, undefined> {
	yield { name: 'README.txt', bytes: Buffer.from(readme) };
	yield* rowEntries(where, person.id, found);
	const missing: string[] = [];
	for (const { expenseId, name } of found.receipts) {
		const bytes = await readReceipt(where, expenseId);
		if (bytes) yield { name, bytes };
		else missing.push(expenseId);
	}
	const about = {
		quits: 'everything',
		format,
		version: manifest.version,
		madeAt: found.madeAt.toISOString(),
		person,
		files: nouns.map((noun) => ({
			file: fileOf(noun),
			what: noun.what,
			lines: found.lines.get(noun)!
		})),
		receipts: { files: found.receipts.length - missing.length, missing }
	};
	yield { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(about, null, '\t')}\n`) };
}

const fileOf = ({ file }: Noun): string => `${file}.jsonl`;

async function* rowEntries(
	where: DbConfig,
	person: string,
	found: Found
): AsyncGenerator<Entry, void, undefined> {
	const snapshot = await snapshotOf(where);
	found.madeAt = new Date();
	try {
		for (const noun of nouns) yield { name: fileOf(noun), texts: textsOf(snapshot, noun, person, found) };
	} finally {
		await snapshot.close();
	}
}

async function* textsOf(
	snapshot: Snapshot,
	noun: Noun,
	person: string,
	{ madeAt, lines, receipts }: Found
): AsyncGenerator<string, void, undefined> {
	const { table, some } = asked(snapshot, noun, person);
	lines.set(noun, 0);
	for await (const batch of snapshot.rows(table, some)) {
		if (Date.now() - madeAt.getTime() > rowsWithinMs) throw new DomainError('UNAVAILABLE');
		lines.set(noun, lines.get(noun)! + batch.length);
		if (noun.table === 'Expense') receipts.push(...batch.flatMap((row) => receiptOf(table, row)));
		yield batch.map((row) => `${JSON.stringify(lineOf(noun, table, row))}\n`).join('');
	}
}

/** The columns that a noun's lines are made of, and the rows. */
function asked(
	{ tables }: Snapshot,
	{ table: name, where, columns, reckoned = {}, order = ['id'] }: Noun,
	person: string
): { table: Table; some: Some } {
	const kinds = new Map(
		tables.find((table) => table.name === name)!.columns.map((column) => [column.name, column])
	);
	const plain = columns.map((column) => kinds.get(column)!);
	const more = Object.entries(reckoned).map(([column, { sql, kind }]) => ({ name: column, kind, sql }));
	const selected = [
		...new Set([...columns, ...order]).values().map((column) => `t."${column}"`),
		...more.map(({ name: column, sql }) => `${sql} AS "${column}"`)
	];
	return {
		table: { name, columns: [...plain, ...more.map(({ name: column, kind }) => ({ name: column, kind }))] },
		some: {
			person,
			from:
				`(SELECT ${selected.join(', ')} FROM "${name}" t WHERE ${where}) AS "mine"` +
				` ORDER BY ${order.map((column) => `"${column}"`).join(', ')}`
		}
	};
}

function lineOf({ called = {}, finish = (line) => line }: Noun, { columns }: Table, row: Row): Line {
	return finish(Object.fromEntries(columns.map(({ name }, at) => [called[name] ?? name, row[at]])));
}

function receiptOf({ columns }: Table, row: Row): Found['receipts'] {
	const of = (name: string): string | null =>
		row[columns.findIndex((column) => column.name === name)] as string | null;
	const [expenseId, type] = [of('id')!, of('receiptType')];
	return type === null ? [] : [{ expenseId, name: receiptName(expenseId, type) }];
}
