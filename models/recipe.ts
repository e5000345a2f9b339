/** How every model of Quits is fitted. */

import { lexiconPath, readHabits } from './examples.ts';
import type { TrainOptions } from './train.ts';

/** Found on held-out merchants, see README.md. */
const emphasis = 20;
const temperature = 1.7;

/** One in so many families of merchants is held out to measure on. */
export const heldOutParts = 5;

/** The options to train with; how frequent categories are is the lexicon's to say. */
export function recipe(folder: string = lexiconPath): TrainOptions {
	const priors = new Map([...readHabits(folder)].map(([category, habit]) => [category, habit.frequency]));
	return { emphasis, priors, temperature };
}
