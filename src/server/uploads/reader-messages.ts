/** What an import and its reader thread say to each other. */
import type { Rule } from '#lib/rules/rule.ts';
import type { Detection, Mapping } from '#lib/statement/types.ts';
import type { OwnCount } from '#models/own.ts';

export type ReaderRequest =
	| {
			do: 'detect';
			job: number;
			bytes: Uint8Array;
			defaultCurrency: string;
			/** What was said of an earlier file of the kind: settles what this one leaves open. */
			remembered?: Mapping;
			/** What a person has said of this very file: taken as it is. */
			said?: Mapping;
	  }
	| {
			do: 'read';
			job: number;
			bytes: Uint8Array;
			mapping: Mapping;
			fromLine: number;
			sliceRows: number;
			model: ModelInUse;
			/** Of whoever imports, in their order. */
			rules: Rule[];
			accountId: string;
			/** What the person has said of categories so far. */
			own: OwnCount[];
	  }
	/** The last slice is stored: send the next. */
	| { do: 'next'; job: number }
	| { do: 'stop'; job: number };

/** The model that categorises, by the bytes of its file in shared memory. A thread keeps the one it had last. */
export type ModelInUse = { id: string; bytes: Uint8Array };

/** Rows of the file, made ready in the thread for the bulk statements of write-slice.ts. */
export type Slice = {
	/** JSON array of {@link NewTransaction}. */
	rows: string;
	count: number;
	/** JSON array of {@link RejectedRow}. */
	rejected: string;
	rejectedCount: number;
	/** Every line of the file up to this one is in this slice or in one before. */
	lastLine: number;
};

/** The values of one row, in the order of `transactionColumns` in write-slice.ts. */
export type NewTransaction = [
	id: string,
	line: number,
	date: string,
	amount: number,
	currency: string,
	description: string,
	merchant: string,
	merchantKey: string,
	search: string,
	fingerprint: string,
	occurrence: number,
	categoryId: string,
	confidence: number,
	review: 0 | 1,
	raw: string,
	source: 'model' | 'rule',
	note: string,
	/** The transaction that our own file says the row was. */
	exportedId: string | null
];

/** The values of one row that cannot be read, in the order of `rejectedColumns` in write-slice.ts. */
export type RejectedRow = [line: number, reason: string, params: object, raw: string];

export type ReaderAnswer =
	| { is: 'detected'; job: number; detection: Detection }
	| { is: 'slice'; job: number; slice: Slice }
	/** All is read; `merchantKeys` are those of every row of the file. */
	| { is: 'end'; job: number; merchantKeys: string[] }
	/** The file cannot be read: a reason for people. */
	| { is: 'refused'; job: number; code: string; params: Record<string, string | number> }
	/** A bug. */
	| { is: 'failed'; job: number; message: string; stack: string | undefined };
