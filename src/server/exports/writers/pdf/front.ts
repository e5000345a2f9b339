/** What stands before the tables: whose it is and of when, what it comes to, and a chart of it. */
import { byArea } from '#lib/exports/areas.ts';
import type { Cell, Chart, Document, Front, Table } from '#lib/exports/document.ts';
import type { CurrencySums } from '#lib/exports/sums.ts';
import { formatAmount } from '#lib/i18n.ts';
import { accent, sheet, soft, track, type Canvas } from './canvas.ts';
import { settable } from './fonts.ts';
import { drawTable } from './table.ts';

const width = sheet.right - sheet.left;

export function drawTitle(canvas: Canvas, { title, who, period, narrowed, words }: Document): void {
	const { regular, bold } = canvas.fonts;
	canvas.newPage();
	canvas.y += 22;
	paragraph(canvas, 'H1', title, { font: bold, size: 22, height: 30, most: 2 });
	paragraph(canvas, 'P', period, { font: bold, size: 11, height: 18, most: 2 });
	canvas.y += 2;
	for (const line of who) paragraph(canvas, 'P', line, { font: regular, size: 10, height: 15, most: 2 });
	for (const line of [...narrowed, words.made]) {
		paragraph(canvas, 'P', line, { font: regular, size: 9, height: 14, most: 3, color: soft });
	}
	canvas.y += 10;
}

export function drawHeading(canvas: Canvas, text: string): void {
	if (!canvas.hasRoom(90)) canvas.newPage();
	canvas.y += 22;
	paragraph(canvas, 'H2', text, { font: canvas.fonts.bold, size: 13, height: 12, most: 1 });
}

type Paragraph = {
	font: Canvas['fonts']['bold'];
	size: number;
	height: number;
	most: number;
	color?: string;
};

export function paragraph(
	canvas: Canvas,
	type: 'H1' | 'H2' | 'P',
	text: string,
	{ height, most, ...style }: Paragraph
): void {
	const lines = style.font.lines(settable(text), style.size, width, most);
	if (lines.length === 0) return;
	if (!canvas.hasRoom(lines.length * height)) canvas.newPage();
	const from = canvas.y;
	canvas.drawn(type, undefined, () => {
		lines.forEach((line, at) => canvas.text(line, sheet.left, from + at * height, style));
	});
	canvas.y += lines.length * height;
}

/** What the sums of a document say, currency by currency: a chart has a bar for each area that something was spent in. */
export function frontOf(document: Document, sums: readonly CurrencySums[]): Front {
	const { words, categories } = document;
	const [currency, spent, earned, moved, count] = [0, 1, 2, 3, 4];
	const money = { kind: 'money', currency, page: 22 } as const;
	const table: Table = {
		...{ key: 'totals', title: words.summary, empty: '' },
		columns: [
			{ key: 'currency', header: words.currency, kind: 'text', at: currency, page: 14 },
			{ key: 'spent', header: words.spent, at: spent, ...money },
			{ key: 'earned', header: words.earned, at: earned, ...money },
			{ key: 'moved', header: words.moved, at: moved, ...money },
			{ key: 'count', header: words.count, kind: 'number', at: count, page: 16 }
		]
	};
	const rows = sums.map(({ currency, total }): Cell[] => {
		return [currency, total.spent, total.earned, total.moved, total.count];
	});
	const charts = sums.map(({ currency, categories: some }) => ({
		title: words.chart.replace('{currency}', currency),
		bars: byArea(
			some.map(({ id, spent }) => ({ id, spent: 0 - spent })),
			categories
		).map(({ name, spent }) => ({ name, length: spent, text: formatAmount(0 - spent, currency, document) }))
	}));
	return { totals: { table, rows }, charts };
}

/** What it all comes to. */
export function* drawTotals(canvas: Canvas, { locale }: Document, { totals }: Front): Generator<void> {
	drawHeading(canvas, totals.table.title);
	yield* drawTable(canvas, totals.table, [[...totals.rows]], locale);
}

const barHeight = 9;
const barRow = 17;
const label = 150;
const figure = 90;

export function drawCharts(canvas: Canvas, { charts }: Front): void {
	for (const { title, bars } of charts) {
		if (bars.length === 0) continue;
		if (!canvas.hasRoom(40 + Math.min(bars.length, mostBars) * barRow)) canvas.newPage();
		drawHeading(canvas, title);
		// So many go on a page.
		for (let from = 0; from < bars.length; from += mostBars) {
			if (from > 0) canvas.newPage();
			const some = bars.slice(from, from + mostBars);
			const alt = `${title}. ${some.map(({ name, text }) => `${name}: ${text}`).join('. ')}`;
			canvas.drawn('Figure', undefined, () => drawBars(canvas, some, longestOf(bars)), { alt });
			canvas.y += some.length * barRow + 4;
		}
	}
}

const mostBars = 36;

type Bars = Chart['bars'];

const longestOf = (bars: Bars): number =>
	Math.max(1, ...bars.map(({ length, of = 0 }) => Math.max(length, of)));

function drawBars(canvas: Canvas, bars: Bars, longest: number): void {
	const style = { font: canvas.fonts.regular, size: 9 };
	const texts = bars.map(({ text }) => settable(text));
	const room = Math.max(figure, ...texts.map((text) => style.font.widthOf(text, style.size) + 12));
	const full = width - label - room;
	bars.forEach(({ name, length, of = 0 }, at) => {
		const top = canvas.y + at * barRow;
		const [line = ''] = style.font.lines(settable(name), style.size, label - 10, 1);
		canvas.text(line, sheet.left, top + barHeight - 1, style);
		const bar = (part: number, color: string): void => {
			if (part > 0)
				canvas.box(sheet.left + label, top, Math.max(1, (full * part) / longest), barHeight, color);
		};
		bar(of, track);
		bar(length, accent);
		canvas.text(texts[at]!, sheet.right, top + barHeight - 1, { ...style, align: 'right' });
	});
}
