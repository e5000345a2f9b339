import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import type { Cell, Document, Front } from '#lib/exports/document.ts';
import { Sums } from '#lib/exports/sums.ts';
import { DomainError } from '../../errors.ts';
import { Canvas } from './pdf/canvas.ts';
import { fontsFor, settable } from './pdf/fonts.ts';
import { drawCharts, drawHeading, drawTitle, drawTotals, frontOf, paragraph } from './pdf/front.ts';
import { drawTable } from './pdf/table.ts';
import type { MakeWriter } from './writer.ts';

/** Some thousand pages. All rows are held until the first page, which says what they come to. */
const mostRows = 50_000;

/**
 * A statement to hand to somebody: whose it is, what it comes to, a chart, and the tables over as many pages as it takes. Tagged,
 * so that it can be heard. Error: TOO_LARGE (`export_too_large_for_pdf`), before anything is written.
 */
export const pdfWriter: MakeWriter = (document, out) => {
	const sums = document.sums && new Sums(document.categories);
	// As text, which takes a third of the memory of the cells.
	const held = document.tables.map((): string[] => []);
	let count = 0;
	return {
		rows(table, rows) {
			count += rows.length;
			if (count > mostRows) throw new DomainError('TOO_LARGE', 'export_too_large_for_pdf');
			if (document.sums && table === 0) sums?.addRows(rows, document.sums);
			held[table]!.push(JSON.stringify(rows));
		},
		async *end() {
			const doc = new PDFDocument({
				...{ autoFirstPage: false, pdfVersion: '1.7', tagged: true, displayTitle: true },
				lang: document.locale,
				info: {
					Title: titleOf(document),
					Author: document.author,
					Subject: [document.title, document.period, ...document.narrowed].filter(Boolean).join(' · '),
					Creator: 'Quits',
					CreationDate: new Date()
				}
			});
			doc.on('data', (bytes: Buffer) => out(bytes));
			const ended = once(doc, 'end');
			const fonts = fontsFor(doc);
			const front = sums ? frontOf(document, sums.list) : document.front;
			const { words } = document;
			const canvas = new Canvas(doc, fonts, {
				left: settable(`${document.title} · ${words.made}`),
				right: (page, pages) => words.page.replace('{page}', String(page)).replace('{pages}', String(pages))
			});
			yield* drawAll(canvas, document, held, front);
			canvas.end();
			doc.end();
			await ended;
		}
	};
};

/** It stands alone in lists of files: without the time there would be many of the same. */
const titleOf = ({ title, about, period }: Document): string =>
	about ?? [title, period].filter(Boolean).join(' · ');

function* drawAll(
	canvas: Canvas,
	document: Document,
	held: string[][],
	front: Front | undefined
): Generator<void> {
	const { tables, words, locale } = document;
	const { regular, bold } = canvas.fonts;
	drawTitle(canvas, document);
	if (front && front.totals.rows.length > 0) {
		yield* drawTotals(canvas, document, front);
		drawCharts(canvas, front);
	}
	for (const [at, table] of tables.entries()) {
		// The title of the document has said it, where there is nothing in between.
		if (front || table.title !== document.title) drawHeading(canvas, table.title);
		if (held[at]!.length > 0) yield* drawTable(canvas, table, parsed(held[at]!), locale);
		else paragraph(canvas, 'P', table.empty, { font: regular, size: 10, height: 16, most: 2 });
	}
	if (regular.hasReplaced || bold.hasReplaced) {
		canvas.y += 20;
		paragraph(canvas, 'P', words.replaced, { font: regular, size: 8, height: 12, most: 4 });
	}
	yield;
}

function* parsed(batches: readonly string[]): Generator<Cell[][]> {
	for (const batch of batches) yield JSON.parse(batch) as Cell[][];
}
