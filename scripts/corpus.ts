/**
 * `npm run corpus -- DIR`: runs every statement that DIR/manifest.csv lists through the detection and the reader of the
 * app, unaided, and says of each whether it came out right. MISS kinds: `asks` (it would ask a person), `WRONG` (it would
 * import something else than expected), `error` (it refuses the file).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { toDecimal } from '#lib/money.ts';
import { detect } from '#lib/statement/detect.ts';
import { readRows } from '#lib/statement/read.ts';
import { sniff } from '#lib/statement/sniff.ts';
import { StatementError } from '#lib/statement/types.ts';
import type { Question, ReadyRow } from '#lib/statement/types.ts';

type Expected = Record<
	'file' | 'format' | 'quirks' | 'expected_count' | 'count_alt' | 'first' | 'last' | 'notes',
	string
>;
type Verdict = { kind: 'ok' } | { kind: 'asks' | 'WRONG' | 'error'; found: string; why: string };

const judged = new Set(['csv', 'tsv']);

function judge(expected: Expected, bytes: Uint8Array): Verdict {
	const sniffed = sniff(bytes);
	if (!sniffed.ok) return { kind: 'error', found: '-', why: sniffed.code };
	try {
		// An account always has a currency; the corpus names none.
		const { mapping, questions } = detect(bytes, { defaultCurrency: 'USD' });
		const rows = [...readRows(bytes, mapping)].filter((row) => row.outcome === 'ok');
		return compare(expected, rows, questions);
	} catch (error) {
		if (error instanceof StatementError) return { kind: 'error', found: '-', why: error.code };
		throw error;
	}
}

function compare(expected: Expected, rows: ReadyRow[], questions: Question[]): Verdict {
	const anySign = /positive=spend|sign-ambiguous/u.test(`${expected.quirks} ${expected.notes}`);
	// Which accounts rows go to does not change how they are read.
	const open = questions.filter((q) => q !== 'accounts' && !(anySign && q === 'sign'));
	if (questions.includes('accounts')) console.log(`accounts ${expected.file}`);
	const found = rows.length === 0 ? '0 rows' : `${rows.length}; ${brief(rows[0]!)}; ${brief(rows.at(-1)!)}`;
	if (open.length > 0) return { kind: 'asks', found, why: open.join(', ') };
	const counts = [expected.expected_count, ...expected.count_alt.split(/[^\d]+/u)]
		.filter(Boolean)
		.map(Number);
	if (!counts.includes(rows.length)) return { kind: 'WRONG', found, why: 'count' };
	for (const [row, text] of [
		[rows[0], expected.first],
		[rows.at(-1), expected.last]
	] as const) {
		if (!row || text === '') continue;
		const difference = differs(row, text, anySign);
		if (difference) return { kind: 'WRONG', found, why: difference };
	}
	return { kind: 'ok' };
}

function differs(row: ReadyRow, text: string, anySign: boolean): string | null {
	const [date, amount, ...rest] = text.split('|');
	if (row.date !== date) return 'date';
	const is = Number(toDecimal(row.amount, row.currency));
	const should = Number(amount);
	if (anySign ? Math.abs(is) !== Math.abs(should) : is !== should) return 'amount';
	const [one, other] = [plain(row.description), plain(rest.join('|'))];
	return one.includes(other) || other.includes(one) ? null : 'description';
}

function plain(text: string): string {
	return text.replace(/\s+/gu, ' ').trim().toLowerCase();
}

function brief(row: ReadyRow): string {
	return `${row.date}|${toDecimal(row.amount, row.currency)}|${row.description.slice(0, 80)}`;
}

function run(dir: string): number {
	const manifest = Papa.parse<Expected>(readFileSync(join(dir, 'manifest.csv'), 'utf8'), {
		header: true,
		skipEmptyLines: true
	});
	const kinds = { ok: 0, asks: 0, WRONG: 0, error: 0 };
	for (const expected of manifest.data) {
		if (!judged.has(expected.format)) {
			console.log(`not-yet ${expected.file} ${expected.format}`);
			continue;
		}
		const path = join(dir, expected.file);
		const verdict: Verdict = existsSync(path)
			? judge(expected, readFileSync(path))
			: { kind: 'error', found: '-', why: 'file is missing' };
		kinds[verdict.kind]++;
		if (verdict.kind === 'ok') console.log(`ok ${expected.file}`);
		else {
			const wanted = `${expected.expected_count}; ${expected.first}; ${expected.last}`;
			console.log(
				`MISS ${expected.file} expected ${wanted} found ${verdict.found} why ${verdict.kind}: ${verdict.why}`
			);
		}
	}
	const failed = kinds.asks + kinds.WRONG + kinds.error;
	console.log(`asks ${kinds.asks}, WRONG ${kinds.WRONG}, error ${kinds.error}`);
	console.log(`${kinds.ok} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

const dir = process.argv[2];
if (!dir) {
	console.error('Usage: npm run corpus -- DIR');
	process.exitCode = 2;
} else process.exitCode = run(dir);
