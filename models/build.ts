/** `npm run model:build`: makes the base model from the lexicon. The same lexicon always gives the same bytes. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseExamples, readHabits } from './examples.ts';
import { train, type ModelData } from './train.ts';

/** Found on held-out merchants, see README.md. */
const emphasis = 20;
const temperature = 1.7;

/** The base model, fitted afresh. */
export function buildBase(): ModelData {
	const priors = new Map([...readHabits()].map(([category, habit]) => [category, habit.frequency]));
	return train(baseExamples(), { emphasis, priors, temperature });
}

/** The stored text of a model: JSON with one feature a line, so that changes can be read. */
export function toText({ tokens, ...head }: ModelData): string {
	const lines = tokens.map((token) => JSON.stringify(token));
	return `${JSON.stringify(head).slice(0, -1)},"tokens":[\n${lines.join(',\n')}\n]}\n`;
}

if (import.meta.main) {
	writeFileSync(join(import.meta.dirname, 'base', 'model.json'), toText(buildBase()));
}
