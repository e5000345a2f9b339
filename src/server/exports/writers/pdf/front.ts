/** What stands before the tables: whose it is and of when, what it comes to, and a chart of it. */
import type { Cell, Document, Table } from '#lib/exports/document.ts';
import type { CurrencySums } from '#lib/exports/sums.ts';
import { formatAmount } from '#lib/i18n.ts';
import { accent, sheet, soft, type Canvas } from './canvas.ts';
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

/** What it all comes to, currency by currency. */
export function* drawTotals(
	canvas: Canvas,
	{ words, locale }: Document,
	sums: CurrencySums[]
): Generator<void> {
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
	drawHeading(canvas, words.summary);
	yield* drawTable(canvas, table, [rows], locale);
}

const barHeight = 9;
const barRow = 17;
const label = 150;
const figure = 90;

/** For each currency a bar for each area that something was spent in, the most first. */
export function drawCharts(canvas: Canvas, document: Document, sums: CurrencySums[]): void {
	for (const one of sums) {
		const bars = barsOf(one, document);
		if (bars.length === 0) continue;
		const title = document.words.chart.replace('{currency}', one.currency);
		if (!canvas.hasRoom(40 + bars.length * barRow)) canvas.newPage();
		drawHeading(canvas, title);
		const amounts = bars.map(({ spent }) => formatAmount(spent, one.currency, document));
		const alt = `${title}. ${bars.map(({ name }, at) => `${name}: ${amounts[at]}`).join('. ')}`;
		canvas.drawn('Figure', undefined, () => drawBars(canvas, bars, amounts), { alt });
		canvas.y += bars.length * barRow + 4;
	}
}

type Bar = { name: string; spent: number };

function drawBars(canvas: Canvas, bars: Bar[], amounts: string[]): void {
	const style = { font: canvas.fonts.regular, size: 9 };
	const most = Math.max(1, ...bars.map(({ spent }) => -spent));
	bars.forEach(({ name, spent }, at) => {
		const top = canvas.y + at * barRow;
		const [line = ''] = style.font.lines(name, style.size, label - 10, 1);
		canvas.text(line, sheet.left, top + barHeight - 1, style);
		const full = width - label - figure;
		// What more was given back than spent has no bar.
		if (spent < 0)
			canvas.box(sheet.left + label, top, Math.max(1, (full * -spent) / most), barHeight, accent);
		canvas.text(settable(amounts[at]!), sheet.right, top + barHeight - 1, { ...style, align: 'right' });
	});
}

function barsOf({ categories }: CurrencySums, document: Document): Bar[] {
	const spent = new Map<string, number>();
	for (const one of categories) {
		const { name = '', parent = '', group } = document.categories[one.id ?? ''] ?? {};
		// A refund counts against spending: "Income" beside a bar of spending would say something else.
		const area = settable(group === 'income' ? name : parent || name);
		spent.set(area, (spent.get(area) ?? 0) + one.spent);
	}
	return [...spent]
		.filter(([, sum]) => sum !== 0)
		.map(([name, spent]) => ({ name, spent }))
		.sort((one, other) => one.spent - other.spent);
}
