import type { Cell, Document } from '#lib/exports/document.ts';

/** Writes one document. What it has written so far it hands to the `out` that it was made with. */
export type Writer = {
	/** Some rows of the table at that place; tables come one after the other. Settles when there is room for more. */
	rows(table: number, rows: Cell[][]): void | Promise<void>;
	/** The rest, step by step: between two steps what was written can be taken away. */
	end(): AsyncGenerator<void> | Generator<void>;
};

export type Out = (bytes: Uint8Array) => void;

/** What is particular to the format. */
export type Options = {
	/** CSV: begins with a byte order mark. */
	bom: boolean;
};

export type MakeWriter = (document: Document, out: Out, options: Options) => Writer | Promise<Writer>;
