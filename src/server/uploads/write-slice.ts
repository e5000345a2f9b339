/**
 * Stores one slice of an import in one transaction: new transactions, duplicates and rejected rows, and the counters that say
 * how far it is. The two databases take many rows at once in different words; both stand here side by side.
 */
import { inTx, rawSql, dialectOf, sql, type Db, type Tx } from '../db/client.ts';
import type { UploadCounts } from '#lib/realtime/events.ts';
import type { Slice } from './reader-messages.ts';

export type Import = { uploadId: string; userId: string; accountId: string; runId: string };

/** Column and Postgres type of each value of a NewTransaction, in its order, but for the last: that one is no column. */
const transactionColumns = {
	id: 'text',
	line: 'integer',
	date: 'text',
	amount: 'bigint',
	currency: 'text',
	description: 'text',
	merchant: 'text',
	merchantKey: 'text',
	search: 'text',
	fingerprint: 'text',
	occurrence: 'integer',
	categoryId: 'text',
	confidence: 'double precision',
	review: 'integer',
	raw: 'text',
	source: '"CategorySource"',
	note: 'text'
} as const;

const rejectedColumns = { line: 'integer', reason: 'text', reasonParams: 'jsonb', raw: 'text' } as const;

type Columns = Record<string, string>;

// The value of a column in the row `value`, as each database unpacks it. Postgres's boolean has no cast from text '1'.
function unpack(columns: Columns, dialect: 'sqlite' | 'postgres') {
	const values = Object.entries(columns).map(([name, type], i) => {
		if (dialect === 'sqlite') return `j.value ->> ${i}`;
		if (type === 'jsonb') return `j.value -> ${i}`;
		const value = `(j.value ->> ${i})::${type}`;
		return name === 'review' ? `${value} = 1` : value;
	});
	return rawSql(values.join(', '));
}
const names = (columns: Columns) =>
	rawSql(
		Object.keys(columns)
			.map((name) => `"${name}"`)
			.join(', ')
	);

// jsonb_each hands each row over unpacked: with json_each every column of it would parse the row's text again.
const rowsOf = (dialect: 'sqlite' | 'postgres', json: string) =>
	dialect === 'sqlite'
		? sql`jsonb_each(${json}) AS j`
		: sql`jsonb_array_elements(${json}::jsonb) AS j(value)`;

/**
 * Stores the slice and returns the counters after it; null when this attempt may not write any more (the import was
 * cancelled, or another attempt has taken over), and then nothing is changed.
 */
export const writeSlice = (db: Db, job: Import, slice: Slice): Promise<UploadCounts | null> =>
	inTx(db, async (tx) => {
		// The fence, and on Postgres the lock that a second attempt waits for.
		const held = await tx.upload.updateMany({
			where: { id: job.uploadId, runId: job.runId, status: 'importing', lastLine: { lt: slice.lastLine } },
			data: { lastLine: slice.lastLine }
		});
		if (held.count === 0) return null;
		// Two imports into one account take turns, so that neither misses a row the other is adding.
		await tx.account.update({ where: { id: job.accountId }, data: { revision: { increment: 1 } } });
		const imported = await insertNew(tx, job, slice.rows);
		const duplicates = slice.count - imported;
		if (duplicates > 0) await insertDuplicates(tx, job, slice.rows);
		if (slice.rejectedCount > 0) await insertRejected(tx, job, slice.rejected);
		return tx.upload.update({
			where: { id: job.uploadId },
			data: {
				rowsDone: { increment: slice.count + slice.rejectedCount },
				imported: { increment: imported },
				duplicates: { increment: duplicates },
				rejected: { increment: slice.rejectedCount }
			},
			select: {
				status: true,
				rowsTotal: true,
				rowsDone: true,
				imported: true,
				duplicates: true,
				rejected: true
			}
		});
	});

const exportedAt = rawSql(`j.value ->> ${Object.keys(transactionColumns).length}`);

/** The transaction that a row of our own file was, where its person has it still: in whatever account, it is there already. */
const exported = ({ userId }: Import) =>
	sql`SELECT e."id" FROM "Transaction" e WHERE e."id" = ${exportedAt} AND e."userId" = ${userId}`;

/** Adds the rows that are not there yet, and says how many. */
function insertNew(tx: Tx, job: Import, rows: string): Promise<number> {
	const dialect = dialectOf(tx);
	return tx.$executeRaw`
		INSERT INTO "Transaction" ("userId", "accountId", "uploadId", ${names(transactionColumns)})
		SELECT ${job.userId}, ${job.accountId}, ${job.uploadId}, ${unpack(transactionColumns, dialect)}
		FROM ${rowsOf(dialect, rows)}
		WHERE NOT EXISTS (${exported(job)})
		ON CONFLICT ("accountId", "fingerprint", "occurrence") DO NOTHING`;
}

/** Notes for every other row which transaction it is already. */
function insertDuplicates(tx: Tx, job: Import, rows: string): Promise<number> {
	const dialect = dialectOf(tx);
	const at = (column: keyof typeof transactionColumns) => {
		const i = Object.keys(transactionColumns).indexOf(column);
		return rawSql(
			dialect === 'sqlite' ? `j.value ->> ${i}` : `(j.value ->> ${i})::${transactionColumns[column]}`
		);
	};
	const row = (reason: string) => sql`
		SELECT ${job.uploadId}, ${at('line')}, ${rawSql(dialect === 'sqlite' ? `'duplicate'` : `'duplicate'::"RowOutcome"`)},
			${rawSql(`'${reason}'`)}, t."id", ${at('raw')}, ${rawSql(dialect === 'sqlite' ? 'json(j.value)' : 'j.value')}`;
	return tx.$executeRaw`
		INSERT INTO "UploadRow" ("uploadId", "line", "outcome", "reason", "duplicateOfId", "raw", "parsed")
		${row('row_exported')}
		FROM ${rowsOf(dialect, rows)}
		JOIN "Transaction" t ON t."id" = ${exportedAt} AND t."userId" = ${job.userId}
		UNION ALL
		${row('row_same_booking')}
		FROM ${rowsOf(dialect, rows)}
		JOIN "Transaction" t ON t."accountId" = ${job.accountId}
			AND t."fingerprint" = ${at('fingerprint')} AND t."occurrence" = ${at('occurrence')}
		WHERE t."id" <> ${at('id')} AND NOT EXISTS (${exported(job)})`;
}

function insertRejected(tx: Tx, job: Import, rejected: string): Promise<number> {
	const dialect = dialectOf(tx);
	return tx.$executeRaw`
		INSERT INTO "UploadRow" ("uploadId", "outcome", ${names(rejectedColumns)})
		SELECT ${job.uploadId}, ${rawSql(dialect === 'sqlite' ? `'rejected'` : `'rejected'::"RowOutcome"`)},
			${unpack(rejectedColumns, dialect)}
		FROM ${rowsOf(dialect, rejected)}`;
}
