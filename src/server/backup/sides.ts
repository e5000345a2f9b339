import type { Row, Table } from './format.ts';

/** Not all rows of a table: what follows its name's place after FROM, in which `$1` is whose rows are meant. */
export type Some = { from: string; person: string };

/** A database at one moment, whatever is written to it meanwhile. */
export type Snapshot = {
	/** Names of the migrations that have been applied, in order. */
	migrations: string[];
	/** Those that a backup holds, parents before children. */
	tables: Table[];
	/** Rows of a query without parameters, as the driver gives them. */
	select: (query: string) => Promise<Row[]>;
	/** Rows of a table, some at a time: all of them, or those of one person. */
	rows: (table: Table, some?: Some) => AsyncIterable<Row[]>;
	close: () => Promise<void>;
};

/** A database with all tables and no rows, which is filled in one transaction. */
export type Target = {
	tables: () => Promise<Table[]>;
	insert: (table: Table, rows: readonly Row[]) => Promise<void>;
	/** Keeps all that was inserted. Error: rows that refer to what is not there. */
	commit: () => Promise<void>;
	/** Keeps nothing of it. */
	abort: () => Promise<void>;
};
