/**
 * Scores a categoriser on rows with a known category and prints the figures as JSON:
 *
 * - `npm run eval -- FILE.csv [--map MAP.json]`: the shipped one;
 * - `npm run eval -- --train A.csv --test B.csv [--map …]`: one trained on A;
 * - `npm run eval -- --prequential FILE.csv [--map …]`: month by month, each with one trained on all months before.
 *
 * A file has the columns description, amount (major units, outflow negative) and category, any case; it may have currency
 * (else EUR), and needs date (YYYY-MM-DD) for the last. Labels are compared in lower case. The map turns them into others, such
 * as our categories' or groups' keys: the shipped categoriser knows no others, so rows without one are left out, and counted.
 * A file in which no amount is negative is one of card payments, so there all money went out.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { categoryGroups, groupOf } from '#lib/categories.ts';
import { reviewThreshold } from '#lib/models.ts';
import { toMinor } from '#lib/money.ts';
import { Categoriser } from '#models/categorise.ts';
import { evaluate, type Labelled } from '#models/evaluate.ts';
import { loadBase } from '#models/load.ts';
import { Model, type Prediction } from '#models/predict.ts';
import { historyRecipe } from '#models/recipe.ts';
import { train } from '#models/train.ts';

type Row = Labelled & { month: string };
type Predict = (row: Row) => Prediction;

const { values, positionals } = parseArgs({
	options: {
		map: { type: 'string' },
		train: { type: 'string' },
		test: { type: 'string' },
		prequential: { type: 'string' }
	},
	allowPositionals: true
});
const map = values.map ? (JSON.parse(readFileSync(values.map, 'utf8')) as Record<string, string>) : {};

if (values.prequential && positionals.length === 0) prequential(values.prequential);
else if (values.train && values.test && positionals.length === 0) trained(values.train, values.test);
else if (positionals.length === 1) shipped(positionals[0]!);
else
	fail(
		'usage: npm run eval -- FILE.csv | --train A.csv --test B.csv | --prequential FILE.csv [--map MAP.json]'
	);

function shipped(file: string): void {
	const groups: readonly string[] = categoryGroups;
	const { rows, leftOut } = read(file);
	const ours = rows.filter(({ label }) => groupOf(label) !== undefined || groups.includes(label));
	if (ours.length === 0) fail(`no row of ${file} has a label that is one of our keys; hand over a map`);
	// As for somebody who has said nothing yet: refunds are told from income there.
	const categoriser = new Categoriser(loadBase(), [], reviewThreshold);
	print({ file, leftOut: leftOut + rows.length - ours.length }, (row) => categoriser.decide(row), ours);
}

function trained(trainFile: string, testFile: string): void {
	const test = read(testFile);
	print(
		{ file: testFile, trainedOn: trainFile, leftOut: test.leftOut },
		learn(read(trainFile).rows),
		test.rows
	);
}

function prequential(file: string): void {
	const { rows, leftOut } = read(file, ['date']);
	const months = [...new Set(rows.map(({ month }) => month))].sort();
	if (months.length < 2) fail(`${file} has rows of ${months.length} months; there must be two`);
	const predictors = new Map<string, Predict>();
	for (const month of months.slice(1)) {
		predictors.set(month, learn(rows.filter((row) => row.month < month)));
	}
	const later = rows.filter(({ month }) => month > months[0]!);
	const predictions = new Map(later.map((row) => [row, predictors.get(row.month)!(row)]));
	print({ file, leftOut, months: months.length }, (row) => predictions.get(row)!, later);
}

function learn(rows: readonly Row[]): Predict {
	return predictorOf(new Model(train(rows, historyRecipe)));
}

function predictorOf(model: Model): Predict {
	return ({ description, amount, currency }) => model.predict(description, amount, currency);
}

function print(about: object, predict: Predict, rows: readonly Row[]): void {
	console.log(JSON.stringify({ ...about, ...evaluate(predict, rows) }, null, '\t'));
}

type Line = Record<string, string | undefined>;

/** The rows of a file, and how many have no amount, no label or no date where one is needed. */
function read(file: string, needed: readonly string[] = []): { rows: Row[]; leftOut: number } {
	const { data, meta } = Papa.parse<Line>(readFileSync(file, 'utf8'), {
		header: true,
		skipEmptyLines: 'greedy',
		transformHeader: (name) => name.trim().toLowerCase()
	});
	const missing = ['description', 'amount', 'category', ...needed].filter(
		(name) => !meta.fields?.includes(name)
	);
	if (missing.length > 0) fail(`${file} has no column ${missing.join(', ')}`);
	const rows = data.flatMap((line): Row[] => {
		const currency = line.currency || 'EUR';
		const amount = toMinor((line.amount ?? '').trim(), currency);
		const given = (line.category ?? '').trim();
		const label = map[given] ?? given.toLowerCase();
		const month = (line.date ?? '').slice(0, 7);
		if (amount === null || label === '' || (needed.includes('date') && !/^\d{4}-\d\d$/.test(month)))
			return [];
		return [{ description: line.description ?? '', amount, currency, label, month }];
	});
	if (rows.length === 0) fail(`no row of ${file} has an amount and a category`);
	const isUnsigned = rows.every(({ amount }) => amount >= 0);
	const signed = isUnsigned ? rows.map((row) => ({ ...row, amount: -row.amount })) : rows;
	return { rows: signed, leftOut: data.length - rows.length };
}

function fail(message: string): never {
	console.error(message);
	process.exit(2);
}
