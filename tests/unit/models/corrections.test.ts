import { describe, expect, it } from 'vitest';
import { Corrections } from '#models/corrections.ts';
import { train, type ModelData } from '#models/train.ts';
import { isModelData } from '#models/valid.ts';

const choice = (description: string, merchantKey = description, label = 'groceries') => ({
	...{ description, merchantKey, label },
	...{ amount: -1200, currency: 'EUR' }
});

/** Corrections of several people, in turn. */
function of(...people: string[][]): Corrections {
	const corrections = new Corrections();
	for (const texts of people) {
		corrections.nextPerson();
		for (const text of texts) corrections.add(choice(text));
	}
	return corrections;
}

describe('what may be learnt from people', () => {
	it('is what two of them have, and not what one has however often', () => {
		const corrections = of(['Vexillo Praxis', 'Vexillo Praxis Two'], ['Vexillo Kiosk'], []);
		expect(corrections.isShared('vexillo')).toBe(true);
		for (const feature of ['praxis', 'kiosk', 'vexillo praxis', 'vexillo kiosk', 'unheard']) {
			expect({ feature, shared: corrections.isShared(feature) }).toEqual({ feature, shared: false });
		}
		expect(corrections.people).toBe(2);
	});

	it('does not tell two words that many have as a pair that one has', () => {
		const corrections = of(['Jane Smith'], ['Jane Miller'], ['Tom Smith']);
		expect(corrections.isShared('jane')).toBe(true);
		expect(corrections.isShared('smith')).toBe(true);
		expect(corrections.isShared('jane smith')).toBe(false);
	});

	it('counts what is left out, but for what the lexicon has', () => {
		const corrections = of(['Vexillo'], ['Praxis']);
		const all = corrections.countPrivate(new Set());
		expect(corrections.countPrivate(new Set(['praxis']))).toBe(all - 1);
	});

	it('takes ten of a merchant, ten thousand of a person and a hundred thousand of all', () => {
		const corrections = new Corrections();
		corrections.nextPerson();
		for (let n = 0; n < 20; n++) corrections.add(choice(`Rewe ${n}`, 'rewe'));
		expect(corrections.examples).toHaveLength(10);
		for (let n = 0; n < 1_000_000; n++) corrections.add(choice(`junk${n} x${n * 7}`));
		expect(corrections.wantsMore).toBe(false);
		expect(corrections.examples).toHaveLength(10_000);
		for (let person = 0; person < 12; person++) {
			corrections.nextPerson();
			for (let n = 0; n < 10_001; n++) corrections.add(choice(`person${person} junk${n}`));
		}
		expect(corrections.examples).toHaveLength(100_000);
	}, 120_000);
});

describe('a model file', () => {
	const data: ModelData = train([choice('Rewe'), choice('Kino', 'kino', 'cinema_events')]);
	const changed = (change: object): unknown => ({ ...structuredClone(data), ...change });

	it('is one when it is whole', () => {
		expect(isModelData(JSON.parse(JSON.stringify(data)))).toBe(true);
	});

	it.each([
		['nothing', null],
		['a list', []],
		['no labels', changed({ labels: [] })],
		['labels that are no categories of ours', changed({ labels: ['a', 'b'] })],
		['a prior too few', changed({ priors: data.priors.slice(1) })],
		['a floor that is no number', changed({ floors: [null, -1] })],
		['no temperature', changed({ temperature: 0 })],
		['no calibration', changed({ calibration: undefined })],
		['no reading', changed({ reading: undefined })],
		['a feature without a text', changed({ tokens: [[1, 0, 0]] })],
		['a feature cut short', changed({ tokens: [['rewe', 0]] })],
		['a class that is not there', changed({ tokens: [['rewe', 2, 0]] })],
		['a difference that is not there', changed({ tokens: [['rewe', 0, data.differences.length]] })]
	])('is none with %s', (_, value) => {
		expect(isModelData(value)).toBe(false);
	});
});
