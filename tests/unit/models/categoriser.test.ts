import { readFileSync } from 'node:fs';
import { MultinomialNB } from 'ml-naivebayes';
import { describe, expect, it } from 'vitest';
import { groupOf, type CategoryKey } from '#lib/categories.ts';
import { reviewThreshold } from '#lib/models.ts';
import { buildBase } from '#models/build.ts';
import { baseExamples } from '#models/examples.ts';
import { explain } from '#models/explain.ts';
import { readingOfHistory, readingOfMany, weightedFeatures } from '#models/features.ts';
import { basePath, loadBase } from '#models/load.ts';
import { Model } from '#models/predict.ts';
import { toText } from '#models/text.ts';
import { fit, toData } from '#models/train.ts';

const base = loadBase();

describe.each([
	['of many', readingOfMany],
	['of a history', readingOfHistory]
])('the sparse scorer with the reading %s', (_, reading) => {
	const options = { reading, emphasis: 5 };
	const fitted = fit(
		baseExamples().filter((_, i) => i % 60 === 0),
		options
	);
	const sparse = new Model(toData(fitted, options));

	it('gives the library’s own answers and log-probabilities on a thousand rows', () => {
		const known = new Map(fitted.tokens.map((token, i) => [token, fitted.columns[i]!]));
		const examples = baseExamples()
			.filter((_, i) => i % 97 === 0)
			.slice(0, 1000);
		expect(examples.length).toBeGreaterThanOrEqual(1000);
		const rows = examples.map(({ description, amount, currency }) =>
			weightedFeatures(description, amount, currency, reading).flatMap(([text, weight]) => {
				const index = known.get(text);
				return index === undefined ? [] : [{ index, weight }];
			})
		);
		const { priorProbability, conditionalProbability } = fitted.library.toJSON();
		examples.forEach(({ description, amount, currency }, i) => {
			const scores = sparse.score(description, amount, currency);
			fitted.labels.forEach((_, c) => {
				const theirs = rows[i]!.reduce(
					(sum, { index, weight }) => sum + conditionalProbability.get(c, index) * weight,
					priorProbability.get(c, 0)
				);
				expect(Math.abs(scores[c]! - theirs)).toBeLessThan(1e-5); // words are kept in single precision
			});
		});
		// The library copies its table for every row, so its own verdict is asked for some of them.
		for (const i of [...rows.keys()].filter((i) => i % 50 === 0)) {
			const { description, amount, currency } = examples[i]!;
			const counts = new Array<number>(fitted.library.conditionalProbability.columns).fill(0);
			for (const { index, weight } of rows[i]!) counts[index]! += weight;
			const verdict = fitted.labels[fitted.library.predict([counts])[0]!];
			expect(sparse.predict(description, amount, currency).category).toBe(verdict);
		}
	}, 120_000);
});

describe.each([
	['of many', readingOfMany],
	['of a history', readingOfHistory]
])('a model with the reading %s', (_, reading) => {
	it('has the figures that the library finds on every row and feature', () => {
		const examples = baseExamples().filter((_, i) => i % 1500 === 0);
		const { labels, tokens, columns, library } = fit(examples, { reading, emphasis: 5 });
		const features = examples.map(({ description, amount, currency }) =>
			weightedFeatures(description, amount, currency, reading)
		);
		expect(tokens).toEqual([...new Set(features.flat().map(([text]) => text))].sort());
		expect(library.conditionalProbability.columns).toBeLessThan(tokens.length / 2);
		const known = new Map(tokens.map((token, i) => [token, i]));
		const whole = new MultinomialNB();
		whole.train(
			features.map((weighted) => {
				const row = new Float64Array(tokens.length);
				for (const [text, weight] of weighted) row[known.get(text)!]! += weight * 5;
				return row;
			}),
			examples.map(({ label }) => labels.indexOf(label))
		);
		let furthest = 0;
		labels.forEach((_, c) => {
			tokens.forEach((_, t) => {
				const difference =
					library.conditionalProbability.get(c, columns[t]!) - whole.conditionalProbability.get(c, t);
				furthest = Math.max(furthest, Math.abs(difference));
			});
			expect(library.priorProbability.get(c, 0)).toBeCloseTo(whole.priorProbability.get(c, 0), 12);
		});
		expect(furthest).toBeLessThan(1e-12);
	});
});

describe('an explanation', () => {
	it.each([
		['REWE SAGT DANKE 41400673//Hamburg', -2345],
		['NETFLIX.COM AMSTERDAM', -1299],
		['ACME GMBH GEHALT 11/2026', 280_000],
		['xqzzy blorp 33', -100]
	])('of %s adds up to the log-odds against the runner-up', (description, amount) => {
		const { category, runnerUp, tokens } = explain(base, description, amount, 'EUR');
		const scores = base.score(description, amount, 'EUR');
		const odds = scores[base.labels.indexOf(category)]! - scores[base.labels.indexOf(runnerUp)]!;
		expect(tokens.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(odds, 5); // rows are of single precision
		expect(odds).toBeGreaterThanOrEqual(0);
	});
});

describe('the base model', () => {
	it('is what the lexicon makes of it, to the byte', () => {
		expect(readFileSync(basePath(), 'utf8') === toText(buildBase())).toBe(true);
	}, 240_000);

	it('is unsure of what it has never seen', () => {
		for (const text of ['xqzzy blorp 33', '8841 2291 0071', 'Ϟϟϡ', '']) {
			expect(base.predict(text, -4200, 'EUR').confidence).toBeLessThan(reviewThreshold);
		}
	});

	it('never calls money that comes in groceries and is sure of it', () => {
		for (const text of ['REWE', 'TESCO STORES 2981', 'LIDL SAGT DANKE', 'CARREFOUR CITY']) {
			const { category, confidence } = base.predict(text, 2500, 'EUR');
			expect(groupOf(category) === 'food_drink' && confidence > 0.9).toBe(false);
		}
	});

	const outgoing: Partial<Record<CategoryKey, string[]>> = {
		groceries: [
			'REWE SAGT DANKE 41400673//Hamburg/DE',
			'ALDI SUED//Koeln/DE 2026-03-01T11:33',
			'TESCO STORES 6021 LONDON GB',
			'SAINSBURYS S/MKTS BRISTOL',
			'WHOLEFDS SOM 10234 SOMERVILLE MA',
			'CARREFOUR CITY PARIS 11 CB*4411',
			'ALBERT HEIJN 1455 AMSTERDAM NLD PASVOLGNR 002',
			'MERCADONA AVDA MADRID'
		],
		coffee: ['STARBUCKS STORE 05512 SEATTLE WA', 'COSTA COFFEE 43011234 LEEDS'],
		fast_food: ['MCDONALDS F1234 CHICAGO IL', 'BURGER KING #4471', 'KFC 0881 MANCHESTER'],
		streaming: ['NETFLIX.COM AMSTERDAM', 'DISNEY PLUS 888-905-7888'],
		music: ['SPOTIFY P1A2B3C4D5 STOCKHOLM'],
		online_marketplace: ['AMZN MKTP DE*2K4L11 800-279-6620', 'AMAZON EU SARL 302-1234567'],
		clothing: ['H&M 0442 BERLIN', 'ZALANDO SE 10105000012', 'ZARA ESPANA SA'],
		fuel: ['SHELL 0423 MUENCHEN', 'ARAL STATION 22110', 'TOTALENERGIES ACCESS LYON', 'BP CONNECT 1182'],
		pharmacy: ['APOTHEKE AM MARKT 0223', 'CVS/PHARMACY #04412'],
		furniture: ['IKEA DEUTSCHLAND 320 KOELN', 'IKEA LTD WEMBLEY'],
		rent: ['MIETE WOHNUNG 12 NOVEMBER', 'LOYER NOVEMBRE 2026'],
		electricity_gas: ['STADTWERKE MUENCHEN ABSCHLAG 11/2026', 'BRITISH GAS DD 850012'],
		mobile_phone: ['O2 UK PAYG TOPUP', 'CONGSTAR RECHNUNG 8841'],
		insurance: ['ALLIANZ VERSICHERUNGS-AG BEITRAG', 'AVIVA INSURANCE DD'],
		public_transport: ['BVG APP BERLIN', 'TFL TRAVEL CH LONDON'],
		trains: ['DB VERTRIEB GMBH', 'TRAINLINE LONDON', 'SNCF CONNECT PARIS'],
		taxi: ['UBER *TRIP HELP.UBER.COM', 'FREE NOW HAMBURG'],
		flights: ['RYANAIR FRXYZ12 DUBLIN', 'LUFTHANSA 2201234567890'],
		hotels: ['BOOKING.COM HOTEL 4411', 'PREMIER INN 4412'],
		gym: ['PUREGYM LTD DD', 'MCFIT 8841 BEITRAG'],
		atm_withdrawal: ['GA NR00004411 BLZ 37050198 BARGELDAUSZAHLUNG', 'ATM WITHDRAWAL 0042'],
		account_fee: ['KONTOFUEHRUNG 11/2026', 'MONTHLY MAINTENANCE FEE']
	};
	const cases = Object.entries(outgoing).flatMap(([category, texts]) =>
		texts.map((text) => [text, category])
	);

	it('knows nine in ten of what banks print of merchants in many countries', () => {
		const wrong = cases
			.map(([text, category]) => ({ text, category, got: base.predict(text!, -2350, 'EUR').category }))
			.filter(({ category, got }) => got !== category);
		expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(cases.length / 10);
	});

	it.each([
		['ACME GMBH GEHALT 11/2026', 280_000, 'salary'],
		['PAYROLL ACME INC PPD ID 4411', 310_000, 'salary'],
		['ZINSGUTSCHRIFT 2026', 1250, 'interest_dividends'],
		['FINANZAMT KOELN STEUERERSTATTUNG', 60_000, 'tax_refund'],
		['KINDERGELD FK 4411', 25_000, 'benefits']
	])('knows what money comes in for: %s', (text, amount, category) => {
		expect(base.predict(text, amount, 'EUR').category).toBe(category);
	});
});
