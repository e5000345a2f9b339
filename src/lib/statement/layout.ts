import { printedAmount } from './amounts.ts';
import { dateParts } from './dates.ts';
import { headerScore } from './headers.ts';
import { maxPreambleLines, sampleRows } from './limits.ts';
import { records } from './records.ts';
import type { TextRecord } from './records.ts';
import { delimiters, StatementError } from './types.ts';
import type { Delimiter, Mapping } from './types.ts';

/** Where the table stands in the text. */
export type Layout = {
	delimiter: Delimiter;
	/** Null when the table has no header. */
	header: TextRecord | null;
	/** Lines above the table. */
	preamble: TextRecord[];
	/** Line of the first record below the header, or of the first row. */
	firstLine: number;
	/** A sample of the records from there on: all of them in files up to the sampling limit. */
	records: TextRecord[];
	/** How many records there are from there on. */
	count: number;
};

/**
 * Finds delimiter, header and rows. A record is a row when one cell is a date and another an amount, which text split at
 * the wrong mark hardly ever is.
 * @throws StatementError not_a_table, no_rows
 */
export function findLayout(text: string): Layout {
	if (json.test(text)) throw new StatementError('not_a_table');
	const { delimiter, head } = bestDelimiter(text);
	const firstRow = head.findIndex((r) => isRowLike(r.cells));
	const header = findHeader(head, firstRow);
	if (firstRow === -1 && !(header && isTitles(header.cells))) throw new StatementError('not_a_table');
	const from = header === null ? firstRow : head.indexOf(header) + 1;
	const first = head[from];
	if (!first) throw new StatementError('no_rows');
	const rest = sampleRecords(text, delimiter, first);
	return {
		delimiter,
		header,
		preamble: head.slice(0, header ? from - 1 : from),
		firstLine: first.line,
		...rest
	};
}

const json = /^\s*(?:\{\s*["}]|\[\s*[[{"\]])/u;

/** True for titles throughout, unlike a sentence that has "date" and "amount" between its commas. */
function isTitles(cells: string[]): boolean {
	const filled = cells.filter((c) => c.trim() !== '').length;
	return headerScore(cells) >= Math.max(2, filled * 0.4);
}

/**
 * The layout under a delimiter and header that a person has pointed out: nothing is looked for but the rows below.
 * @throws StatementError no_rows
 */
export function layoutUnder(
	text: string,
	{ delimiter, headerLine, firstLine }: Pick<Mapping, 'delimiter' | 'headerLine' | 'firstLine'>
): Layout {
	const preamble: TextRecord[] = [];
	let header: TextRecord | null = null;
	for (const record of records(text, delimiter)) {
		if (headerLine !== null && header === null && record.line >= headerLine) header = record;
		else if (header !== null || (headerLine === null && record.line >= firstLine)) {
			return {
				delimiter,
				header,
				preamble,
				firstLine: record.line,
				...sampleRecords(text, delimiter, record)
			};
		} else preamble.push(record);
	}
	throw new StatementError('no_rows');
}

function bestDelimiter(text: string): { delimiter: Delimiter; head: TextRecord[] } {
	let best: { delimiter: Delimiter; head: TextRecord[]; score: number } | null = null;
	let failure: unknown = null;
	for (const delimiter of delimiters) {
		const head: TextRecord[] = [];
		try {
			for (const record of records(text.slice(0, 1_000_000), delimiter)) {
				head.push(record);
				if (head.length >= maxPreambleLines + 200) break;
			}
		} catch (error) {
			if (!(error instanceof StatementError)) throw error;
			failure ??= error;
			continue;
		}
		const rows = head.filter((r) => isRowLike(r.cells)).length;
		const titles = Math.max(
			0,
			...head.slice(0, maxPreambleLines).map((r) => (r.cells.length > 1 ? headerScore(r.cells) : 0))
		);
		const wide = head.filter((r) => r.cells.length > 1).length;
		const score = rows * 100 + titles * 20 + wide / head.length;
		if (!best || score > best.score) best = { delimiter, head, score };
	}
	if (!best) throw failure;
	if (failure && best.score < 20) throw failure;
	return best;
}

/** True when one cell reads as a date and another as an amount. */
export function isRowLike(cells: string[]): boolean {
	if (cells.length < 2) return false;
	let date = -1;
	for (let i = 0; i < cells.length && date === -1; i++) {
		const cell = cells[i]!;
		if (/\d/u.test(cell) && dateParts(cell) !== null) date = i;
	}
	return (
		date !== -1 &&
		cells.some((c, i) => i !== date && /\d/u.test(c) && c.length <= 40 && printedAmount(c) !== null)
	);
}

/** The record with the most titles of columns above (or, in a file of unreadable rows, without) the rows. */
function findHeader(head: TextRecord[], firstRow: number): TextRecord | null {
	const end = Math.min(firstRow === -1 ? head.length : firstRow, maxPreambleLines);
	let best: TextRecord | null = null;
	let bestScore = 1.4;
	for (let i = 0; i < end; i++) {
		const record = head[i]!;
		if (record.cells.length < 2) continue;
		const score = headerScore(record.cells);
		if (score >= bestScore) {
			best = record;
			bestScore = score;
		}
	}
	if (best || firstRow <= 0) return best;
	// Titles in words unknown to us still stand right above the first row, all text, as wide as it.
	const above = head[firstRow - 1]!;
	const filled = above.cells.filter((c) => c.trim() !== '');
	const allText =
		filled.length >= 3 && filled.every((c) => c.length <= 60 && /\p{L}/u.test(c) && !/\d{3}/u.test(c));
	return allText && Math.abs(above.cells.length - head[firstRow]!.cells.length) <= 1 ? above : null;
}

/** All records from the first on, or, of a large file, those of its beginning, of stretches spread over it, and its end. */
function sampleRecords(
	text: string,
	delimiter: string,
	first: TextRecord
): { records: TextRecord[]; count: number } {
	const kept: TextRecord[] = [];
	for (const record of records(text, delimiter, first)) {
		kept.push(record);
		if (kept.length > sampleRows) break;
	}
	if (kept.length <= sampleRows) return { records: kept, count: kept.length };
	kept.length = sampleRows / 2;
	const starts = recordStarts(text, delimiter, first);
	const stretches = 10;
	const each = sampleRows / 2 / stretches;
	const beyond = starts.filter((s) => s.index >= kept.length);
	for (let k = 0; k < stretches; k++) {
		const at = beyond[Math.floor(((beyond.length - 1) * (k + 1)) / stretches)];
		if (!at) continue;
		let n = 0;
		for (const record of records(text, delimiter, { start: at.start, line: first.line + at.index })) {
			if (record.start > kept.at(-1)!.start) kept.push(record);
			if (++n >= each) break;
		}
	}
	return { records: kept, count: starts.count };
}

/** Offsets of every 100th record, and how many records there are; follows quotes as the parser does. */
function recordStarts(text: string, delimiter: string, first: TextRecord) {
	const starts: { index: number; start: number }[] & { count: number } = Object.assign([], { count: 0 });
	let at = first.start;
	let quote = text.indexOf('"', at);
	for (let index = 0; at < text.length; index++) {
		if (index % 100 === 0) starts.push({ index, start: at });
		starts.count = index + 1;
		if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
		const line = text.indexOf('\n', at);
		const end = line === -1 ? text.length : line;
		at = (quote === -1 || quote > end ? end : quotedRecordEnd(text, delimiter, at)) + 1;
	}
	return starts;
}

function quotedRecordEnd(text: string, delimiter: string, from: number): number {
	for (let at = from; ;) {
		if (text[at] === '"') {
			let close = text.indexOf('"', at + 1);
			while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
			if (close === -1) return text.length;
			at = close + 1;
		}
		const stop = text.indexOf('\n', at);
		const next = text.indexOf(delimiter, at);
		if (stop === -1 && next === -1) return text.length;
		if (next === -1 || (stop !== -1 && stop < next)) return stop;
		at = next + 1;
	}
}
