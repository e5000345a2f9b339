/** A training on what is no payments at all ends with a model that knows what it knew. */
import { expect, it } from 'vitest';
import { Trainer } from '#server/models/trainer.ts';
import type { ModelData } from '#models/train.ts';
import { isModelData } from '#models/valid.ts';
import { junk } from '../../support/junk.ts';

const perPerson = 50_000;
const people = 2;
const atOnce = 1000;

it('a hundred thousand rows of junk from two people leave the model as good as it was', async () => {
	const trainer = new Trainer();
	let taken = 0;
	for (let person = 1; person <= people; person++) {
		trainer.nextPerson();
		let wantsMore = true;
		for (let given = 0; wantsMore && given < perPerson; given += atOnce) {
			wantsMore = await trainer.add(junk(atOnce, person * perPerson + given));
			taken += atOnce;
		}
	}
	expect(taken).toBeLessThan((perPerson * people) / 4);
	const { model, metrics, rival, trainedOn } = await trainer.train(null);
	await trainer.end();
	expect(isModelData(JSON.parse(new TextDecoder().decode(model)) as ModelData)).toBe(true);
	expect(trainedOn.people).toBe(people);
	expect(trainedOn.leftOut).toBeGreaterThan(50_000);
	expect(model.length).toBeLessThan(16_000_000);
	// Measured on merchants and on junk, of which neither can know anything.
	expect(metrics.accuracy!).toBeGreaterThan(rival.accuracy! - 0.01);
}, 240_000);
