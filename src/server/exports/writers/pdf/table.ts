import type { Cell, Column, Table } from '#lib/exports/document.ts';
import { formatAmount, formatDate, formatNumber, formatPercent, type Locale } from '#lib/i18n.ts';
import { sheet, soft, type Canvas } from './canvas.ts';
import { settable, type Font } from './fonts.ts';

const size = 8.5;
const lineHeight = 11.5;
const padding = 4;
const gap = 10;
/** Of a head whose headings are of one line. */
const headHeight = 20;
const mostHeadLines = 2;
const mostLines = 3;

/** A column as it stands on a page. */
type Placed = {
	header: string[];
	isFigure: boolean;
	left: number;
	right: number;
	text: (row: Cell[]) => string;
	under: ((row: Cell[]) => string)[];
};

/** The lines of a cell, those that only add to the first ones apart. */
type Lines = { main: string[]; more: string[] };

/** Draws a table from where the canvas is, over as many pages as it takes, and stops after each. */
export function* drawTable(
	canvas: Canvas,
	table: Table,
	batches: Iterable<Cell[][]>,
	locale: Locale
): Generator<void> {
	const { fonts } = canvas;
	const columns = place(table, locale, fonts.bold);
	if (!canvas.hasRoom(heightOfHead(columns) + 2 * lineHeight)) canvas.newPage();
	const part = canvas.part('Table');
	drawHead(canvas, columns, (draw) => {
		const row = canvas.part('TR', part);
		for (const column of columns) canvas.drawn('TH', row, () => draw(column), { scope: 'Column' });
		row.end();
	});
	for (const batch of batches) {
		for (const row of batch) {
			const cells = columns.map((column) => linesOf(column, row, fonts.regular));
			const height = Math.max(...cells.map(({ main, more }) => main.length + more.length)) * lineHeight;
			if (!canvas.hasRoom(height + 2 * padding)) {
				yield;
				canvas.newPage();
				drawHead(canvas, columns, (draw) => canvas.artifact(() => columns.forEach(draw)));
			}
			const shown = canvas.part('TR', part);
			columns.forEach((column, at) => {
				canvas.drawn('TD', shown, () => drawCell(canvas, column, cells[at]!));
			});
			shown.end();
			canvas.y += height + 2 * padding;
			canvas.rule(canvas.y);
		}
	}
	part.end();
	canvas.y += 8;
	yield;
}

const heightOfHead = (columns: Placed[]): number =>
	headHeight + (Math.max(...columns.map(({ header }) => header.length)) - 1) * lineHeight;

function drawHead(canvas: Canvas, columns: Placed[], each: (draw: (column: Placed) => void) => void): void {
	const height = heightOfHead(columns);
	canvas.band(canvas.y, height);
	const style = { font: canvas.fonts.bold, size };
	each(({ header, isFigure, left, right }) => {
		header.forEach((line, at) => {
			const base = canvas.y + 13.5 + at * lineHeight;
			if (isFigure) canvas.text(line, right, base, { ...style, align: 'right' });
			else canvas.text(line, left, base, style);
		});
	});
	canvas.y += height;
}

function drawCell(canvas: Canvas, { isFigure, left, right }: Placed, { main, more }: Lines): void {
	const style = { font: canvas.fonts.regular, size };
	let base = canvas.y + padding + 8.5;
	for (const line of main) {
		if (isFigure) canvas.text(line, right, base, { ...style, align: 'right' });
		else canvas.text(line, left, base, style);
		base += lineHeight;
	}
	for (const line of more) {
		canvas.text(line, left, base, { ...style, size: 7.5, color: soft });
		base += lineHeight;
	}
}

function linesOf({ text, under, left, right, isFigure }: Placed, row: Cell[], font: Font): Lines {
	const shown = text(row);
	if (isFigure) return { main: [shown], more: [] };
	const width = right - left;
	const more = under
		.map((of) => of(row))
		.filter((more) => more !== '' && more.toLowerCase() !== shown.toLowerCase());
	return {
		main: font.lines(shown, size, width, mostLines),
		more: more.flatMap((more) => font.lines(more, 7.5, width, mostLines))
	};
}

/** Texts come first and figures after them, on the right. */
function place({ columns }: Table, locale: Locale, bold: Font): Placed[] {
	const shown = columns.filter(({ page }) => page);
	const ordered = [...shown.filter((one) => !isFigure(one)), ...shown.filter(isFigure)];
	const room = sheet.right - sheet.left - 2 * padding - gap * (ordered.length - 1);
	const widths = widthsOf(
		ordered.map(({ page, header }) => ({ part: page!, least: longestWord(settable(header), bold) })),
		room
	);
	let left = sheet.left + padding;
	return ordered.map((column, at) => {
		const width = widths[at]!;
		const placed = {
			header: bold.lines(settable(column.header), size, width, mostHeadLines),
			isFigure: isFigure(column),
			...{ left, right: left + width },
			text: texter(column, locale),
			under: columns.filter(({ under }) => under === column.key).map((one) => texter(one, locale))
		};
		left += width + gap;
		return placed;
	});
}

// A hair more, so that the sums of widths do not make it a hair too narrow.
const longestWord = (text: string, font: Font): number =>
	Math.max(...text.split(' ').map((word) => font.widthOf(word, size))) + 0.1;

/** Shares the room out by parts, but no column is narrower than a word of its heading: the others give what that takes. */
function widthsOf(columns: { part: number; least: number }[], room: number): number[] {
	const tight = new Set<number>();
	for (;;) {
		const taken = [...tight].reduce((sum, at) => sum + columns[at]!.least, 0);
		const parts = columns.reduce((sum, { part }, at) => sum + (tight.has(at) ? 0 : part), 0);
		const widths = columns.map(({ part, least }, at) =>
			tight.has(at) ? least : ((room - taken) * part) / parts
		);
		const narrow = columns.findIndex(({ least }, at) => !tight.has(at) && widths[at]! < least);
		if (narrow < 0) return widths;
		tight.add(narrow);
	}
}

const isFigure = ({ kind }: Column): boolean => kind === 'money' || kind === 'number' || kind === 'percent';

function texter({ kind, at, names, currency }: Column, locale: Locale): (row: Cell[]) => string {
	const options = { locale };
	const filled = (write: (cell: string | number, row: Cell[]) => string) => (row: Cell[]) => {
		const cell = row[at];
		return cell === null || cell === undefined || cell === '' ? '' : settable(write(cell, row));
	};
	switch (kind) {
		case 'text':
			return filled((cell) => (names ? (names[cell] ?? '') : String(cell)));
		case 'date':
			return filled((cell) => formatDate(String(cell), options));
		case 'number':
			return filled((cell) => formatNumber(Number(cell), options));
		case 'percent':
			return filled((cell) => formatPercent(Number(cell) / 100, options));
		case 'money':
			return filled((cell, row) => formatAmount(Number(cell), String(row[currency!]), options));
	}
}
