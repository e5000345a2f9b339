/** What an export and its thread say to each other: each request has one answer. */
import type { Batch, Document, Format } from '#lib/exports/document.ts';
import type { Options } from './writers/writer.ts';

export type ExportRequest =
	| { do: 'begin'; document: Document; format: Format; options: Options }
	| ({ do: 'write' } & Batch)
	/** There are no more rows: send what is left, piece by piece. */
	| { do: 'end' };

export type ExportAnswer =
	/** What was written since the last answer, and how many rows were taken. `isLast`: the file is whole. */
	| { is: 'bytes'; bytes: Uint8Array<ArrayBuffer>; rows: number; isLast: boolean }
	/** The document cannot be written: a reason for people. */
	| { is: 'refused'; reason: string }
	/** A bug. */
	| { is: 'failed'; message: string; stack: string | undefined };
