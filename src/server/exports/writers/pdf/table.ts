import type { Cell, Column, Table } from '#lib/exports/document.ts';
import { formatAmount, formatDate, formatNumber, formatPercent, type Locale } from '#lib/i18n.ts';
import { sheet, soft, type Canvas } from './canvas.ts';
import { settable, type Font } from './fonts.ts';

const size = 8.5;
const lineHeight = 11.5;
const padding = 4;
const gap = 10;
const headHeight = 20;
const mostLines = 3;

/** A column as it stands on a page. */
type Placed = {
	header: string;
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
	const columns = place(table, locale);
	if (!canvas.hasRoom(headHeight + 2 * lineHeight)) canvas.newPage();
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

function drawHead(canvas: Canvas, columns: Placed[], each: (draw: (column: Placed) => void) => void): void {
	canvas.band(canvas.y, headHeight);
	const style = { font: canvas.fonts.bold, size };
	const base = canvas.y + 13.5;
	each(({ header, isFigure, left, right }) => {
		const [line = ''] = canvas.fonts.bold.lines(header, size, right - left, 1);
		if (isFigure) canvas.text(line, right, base, { ...style, align: 'right' });
		else canvas.text(line, left, base, style);
	});
	canvas.y += headHeight;
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
function place({ columns }: Table, locale: Locale): Placed[] {
	const shown = columns.filter(({ page }) => page);
	const ordered = [...shown.filter((one) => !isFigure(one)), ...shown.filter(isFigure)];
	const whole = ordered.reduce((sum, { page }) => sum + page!, 0);
	const room = sheet.right - sheet.left - 2 * padding - gap * (ordered.length - 1);
	let left = sheet.left + padding;
	return ordered.map((column) => {
		const width = (room * column.page!) / whole;
		const placed = {
			header: settable(column.header),
			isFigure: isFigure(column),
			...{ left, right: left + width },
			text: texter(column, locale),
			under: columns.filter(({ under }) => under === column.key).map((one) => texter(one, locale))
		};
		left += width + gap;
		return placed;
	});
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
