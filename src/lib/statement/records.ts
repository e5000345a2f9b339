import Papa from 'papaparse';
import { maxColumns, maxFieldLength, sliceLength } from './limits.ts';
import { StatementError } from './types.ts';

/** One record of a delimited text: usually a line, several when a quoted cell holds line breaks. */
export type TextRecord = {
	/** 1-based line where it starts. */
	line: number;
	/** Where it starts in the text. */
	start: number;
	raw: string;
	cells: string[];
	/** The quotes in it do not follow the rules, so cells or even lines may have run together. */
	broken: boolean;
};

const longestRecord = maxColumns * maxFieldLength;

/**
 * Walks the records of a text whose line breaks are all `\n` (see `decode`), a slice at a time so that memory stays flat.
 * `from` is where to start: the offset and line of a record.
 * @throws StatementError too_many_columns, field_too_long, unclosed_quote
 */
export function* records(
	text: string,
	delimiter: string,
	from: { start: number; line: number } = { start: 0, line: 1 }
): Generator<TextRecord> {
	let { start, line } = from;
	let length = sliceLength;
	while (start < text.length) {
		const end = start + length;
		const last = end >= text.length;
		const { rows, ends, broken } = parseSlice(
			last ? text.slice(start) : text.slice(start, end),
			delimiter,
			last
		);
		if (rows.length === 0 && !last) {
			if (length >= longestRecord) throw new StatementError('field_too_long', { line });
			length *= 2;
			continue;
		}
		let consumed = 0;
		for (let i = 0; i < rows.length; i++) {
			const stop = ends[i]!;
			const raw = text.slice(start + consumed, start + stop - (text[start + stop - 1] === '\n' ? 1 : 0));
			const cells = rows[i]!;
			if (cells.length > maxColumns)
				throw new StatementError('too_many_columns', { line, columns: cells.length });
			if (raw.length > maxFieldLength && cells.some((c) => c.length > maxFieldLength)) {
				throw new StatementError('field_too_long', { line });
			}
			yield { line, start: start + consumed, raw, cells, broken: broken?.has(i) ?? false };
			line += 1 + lineBreaks(raw);
			consumed = stop;
		}
		start += consumed;
		length = sliceLength;
		if (last) break;
	}
}

function parseSlice(slice: string, delimiter: string, last: boolean) {
	const rows: string[][] = [];
	const ends: number[] = [];
	let broken: Set<number> | undefined;
	const parser = new Papa.Parser({
		delimiter,
		newline: '\n',
		step: (result) => {
			const data = result.data as unknown as string[][];
			if (result.errors.length > 0) (broken ??= new Set()).add(rows.length);
			rows.push(data[0]!);
			ends.push(result.meta.cursor);
		}
	});
	parser.parse(slice, 0, !last);
	// A final line break ends the last record; it does not open another.
	if (last && slice.endsWith('\n') && rows.at(-1)?.length === 1 && rows.at(-1)![0] === '') {
		rows.pop();
		ends.pop();
	}
	return { rows, ends, broken };
}

function lineBreaks(raw: string): number {
	let count = 0;
	for (let at = raw.indexOf('\n'); at !== -1; at = raw.indexOf('\n', at + 1)) count++;
	return count;
}
