/**
 * `npm run eval -- FILE.csv [--map MAP.json]`: scores the shipped categoriser on rows with a known category and prints the
 * figures as JSON. The file has the columns description, amount (major units, outflow negative) and category, and may have
 * currency (else EUR). The map turns the file's labels into our categories' or groups' keys; rows whose label is in
 * neither are left out, and counted.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { categoryGroups, groupOf } from '#lib/categories.ts';
import { toMinor } from '#lib/money.ts';
import { evaluate, type Labelled } from '#models/evaluate.ts';
import { loadBase } from '#models/load.ts';

const { values, positionals } = parseArgs({ options: { map: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;
if (!file) {
	console.error('usage: npm run eval -- FILE.csv [--map MAP.json]');
	process.exit(2);
}

const map = values.map ? (JSON.parse(readFileSync(values.map, 'utf8')) as Record<string, string>) : {};
const groups: readonly string[] = categoryGroups;
const isOurs = (label: string): boolean => groupOf(label) !== undefined || groups.includes(label);

type Line = { description?: string; amount?: string; category?: string; currency?: string };
const { data, meta } = Papa.parse<Line>(readFileSync(file, 'utf8'), {
	header: true,
	skipEmptyLines: 'greedy'
});
const missing = ['description', 'amount', 'category'].filter((name) => !meta.fields?.includes(name));
if (missing.length > 0) {
	console.error(`${file} has no column ${missing.join(', ')}`);
	process.exit(2);
}

const rows = data.flatMap((line): Labelled[] => {
	const currency = line.currency || 'EUR';
	const amount = toMinor((line.amount ?? '').trim(), currency);
	const given = (line.category ?? '').trim();
	const label = map[given] ?? given;
	if (amount === null || !isOurs(label)) return [];
	return [{ description: line.description ?? '', amount, currency, label }];
});
if (rows.length === 0) {
	console.error(`no row of ${file} has an amount and a label that is one of our keys; hand over a map`);
	process.exit(2);
}
const model = loadBase();
const figures = evaluate((row) => model.predict(row.description, row.amount, row.currency), rows);
console.log(JSON.stringify({ file, leftOut: data.length - rows.length, ...figures }, null, '\t'));
