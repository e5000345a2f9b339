/**
 * What a backup is: a gzip of lines of JSON, which any `zcat` shows. First a {@link Header}; then the receipts; then for each table a
 * {@link TableLine}, followed by its rows as arrays, parents before children; at last an {@link EndLine}, without which it is cut
 * short. The same for both databases, so that a backup of one can be restored into the other.
 */
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Dialect } from '../db/client.ts';

export const format = 1;

/** What a column holds. In a row: `time` is ISO text in UTC, `bytes` base64, `json` itself, the rest as JSON has it. */
export type Kind = 'text' | 'integer' | 'real' | 'boolean' | 'time' | 'json' | 'bytes';
export type Table = { name: string; columns: { name: string; kind: Kind }[] };
export type Value = unknown;
export type Row = Value[];

export type Header = {
	quits: 'backup';
	format: number;
	/** Of the Quits that made it. */
	version: string;
	createdAt: string;
	database: Dialect;
	/** Names of the migrations that had been applied. */
	migrations: string[];
	/** The instance's own secret; absent where it is given by APP_SECRET. */
	secret?: string;
	/** Tells whether a secret is the one that some of the rows are sealed with. */
	secretMark: string;
};
export type ReceiptLine = { receipt: string; bytes: string };
export type TableLine = { table: Table };
export type EndLine = { end: { rows: Record<string, number>; receipts: number } };
export type Line = Header | ReceiptLine | TableLine | EndLine | Row;

/** A backup cannot be made, or not be restored; the message says why, to whoever typed the command. */
export class BackupError extends Error {
	override name = 'BackupError';
}

/** The lines of a backup file, the header first. Throws {@link BackupError} when it is no backup of ours, or no whole one. */
export async function* readLines(file: string): AsyncGenerator<Line, void, undefined> {
	let line: Line | undefined;
	try {
		for await (const text of unzippedLines(file)) {
			const first = line === undefined;
			line = parse(text, file, first);
			if (first) requireHeader(line, file);
			yield line;
		}
	} catch (error) {
		if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
		throw line === undefined ? notOurs(file) : cutShort(file);
	}
	if (line === undefined) throw notOurs(file);
	if (!('end' in line)) throw cutShort(file);
}

/** Error: {@link BackupError}, for a directory. */
export function requireNoDirectory(file: string): void {
	if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
	throw new BackupError(`${file} is a directory: name a file in it, as in ${join(file, 'quits.backup')}`);
}

/** Whether a file is a backup, whole or not. */
export async function isBackup(file: string): Promise<boolean> {
	try {
		return (await readLines(file).next()).done === false;
	} catch (error) {
		if (error instanceof BackupError) return false;
		throw error;
	}
}

async function* unzippedLines(file: string): AsyncGenerator<string, void, undefined> {
	const unzipped = createGunzip();
	pipeline(createReadStream(file), unzipped, () => undefined); // errors come out of `unzipped`
	unzipped.setEncoding('utf8');
	let rest = '';
	for await (const piece of unzipped as AsyncIterable<string>) {
		const lines = (rest + piece).split('\n');
		rest = lines.pop()!;
		yield* lines;
	}
	if (rest !== '') yield rest;
}

function parse(text: string, file: string, first: boolean): Line {
	try {
		return JSON.parse(text) as Line;
	} catch {
		throw first ? notOurs(file) : new BackupError(`${file} is damaged: a line of it cannot be read`);
	}
}

function requireHeader(line: Line, file: string): asserts line is Header {
	if (typeof line !== 'object' || line === null || !('quits' in line)) throw notOurs(file);
	if (line.format === format) return;
	throw new BackupError(`${file} was made by a newer Quits (${line.version}): restore it with that one`);
}

const cutShort = (file: string): BackupError =>
	new BackupError(`${file} is cut short or damaged: it has no end`);
const notOurs = (file: string): BackupError => new BackupError(`${file} is no backup made by Quits`);
