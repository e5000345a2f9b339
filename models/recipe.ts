/** How every model of Quits is fitted. The figures were found on held-out merchants, see README.md. */

import { lexiconPath, readHabits } from './examples.ts';
import { readingOfHistory, readingOfMany } from './features.ts';
import type { TrainOptions } from './train.ts';

/** One in so many families of merchants is held out to measure on. */
export const heldOutParts = 5;

/** For a model that serves many people: the options to train with; how frequent categories are is the lexicon's to say. */
export function recipe(folder: string = lexiconPath): TrainOptions {
	const priors = new Map([...readHabits(folder)].map(([category, habit]) => [category, habit.frequency]));
	return { reading: readingOfMany, emphasis: 20, priors, temperature: 1.7 };
}

/** For a model of one history with labels of its own. */
export const historyRecipe: TrainOptions = { reading: readingOfHistory, emphasis: 5, temperature: 3 };
