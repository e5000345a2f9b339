/**
 * Predictions per second of the shipped model on one core, on descriptors as banks print them, from the text to the category;
 * and the library's own `predict` on the same rows in the same run, with the same answers.
 */
import { MultinomialNB } from 'ml-naivebayes';
import type { CategoryKey } from '#lib/categories.ts';
import { readingOfMany, weightedFeatures } from '#models/features.ts';
import { baseExamples, readEntries } from '#models/examples.ts';
import { Model } from '#models/predict.ts';
import { fit, toData } from '#models/train.ts';
import { loadBase } from '#models/load.ts';
import { median, report } from './support/figures.ts';

const rounds = 7;
const forms = [
	'KARTENZAHLUNG # 4711',
	'# 0293 LONDON GB',
	'POS PURCHASE # 1123',
	'SEPA LASTSCHRIFT # RF 8812',
	'#',
	'SQ *#'
];
const rows = readEntries().map(({ text }, i) => ({
	description: forms[i % forms.length]!.replace('#', text.toUpperCase()),
	amount: -(100 + ((i * 7919) % 20_000))
}));

const model = loadBase();
const speeds = Array.from({ length: rounds }, () => {
	const started = process.cpuUsage();
	for (const { description, amount } of rows) model.predict(description, amount, 'EUR');
	const { user, system } = process.cpuUsage(started);
	return rows.length / ((user + system) / 1e6);
});

// The library clones its whole table for each row, so it gets a model of a twentieth of the lexicon and few rows.
const examples = baseExamples().filter((_, i) => i % 20 === 0);
const fitted = fit(examples);
const small = new Model<CategoryKey>(toData(fitted));
// Ours shares columns between features that are alike; the library is asked as it comes, with one for each.
const { priorProbability, conditionalProbability } = fitted.library.toJSON();
const whole = MultinomialNB.load({
	name: 'MultinomialNB',
	priorProbability,
	conditionalProbability: fitted.labels.map((_, c) =>
		Array.from(fitted.columns, (column) => conditionalProbability.get(c, column))
	)
});
const known = new Map(fitted.tokens.map((token, i) => [token, i]));
const some = rows.filter((_, i) => i % 257 === 0);
const dense = some.map(({ description, amount }) => {
	const counts = new Array<number>(fitted.tokens.length).fill(0);
	for (const [token, weight] of weightedFeatures(description, amount, 'EUR', readingOfMany)) {
		const index = known.get(token);
		if (index !== undefined) counts[index]! += weight;
	}
	return counts;
});
const perSecond = (work: () => void, count: number): number => {
	const started = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(started);
	return count / ((user + system) / 1e6);
};
let theirs: number[] = [];
const library = perSecond(() => {
	theirs = dense.map((row) => whole.predict([row])[0]!);
}, some.length);
const repeats = 200;
const ours = perSecond(() => {
	for (let i = 0; i < repeats; i++) for (const row of some) small.predict(row.description, row.amount, 'EUR');
}, some.length * repeats);
const different = some.filter(
	(row, i) => small.predict(row.description, row.amount, 'EUR').category !== fitted.labels[theirs[i]!]
);
if (different.length > 0)
	throw new Error(`${different.length} of ${some.length} answers differ from the library's`);

report({
	name: `categorise-${rows.length}-distinct-descriptors`,
	value: median(speeds),
	unit: 'predictions/s'
});
report({
	name: `categorise-small-model-${fitted.tokens.length}-features`,
	value: ours,
	unit: 'predictions/s',
	ratio: ours / library,
	against: `ml-naivebayes' own predict on ${some.length} rows, same answers`
});
