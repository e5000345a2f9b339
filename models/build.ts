/** `npm run model:build`: makes the base model from the lexicon. The same lexicon always gives the same bytes. */

import { writeFileSync } from 'node:fs';
import { calibrateBase } from './calibrate.ts';
import { baseExamples, lexiconPath } from './examples.ts';
import { basePath } from './load.ts';
import { calibrationPath, recipe } from './recipe.ts';
import { toText } from './text.ts';
import { train, type ModelData } from './train.ts';

/** The base model, fitted afresh. */
export const buildBase = (): ModelData => train(baseExamples(), recipe());

if (import.meta.main) {
	writeFileSync(calibrationPath(lexiconPath), `${JSON.stringify(calibrateBase())}\n`);
	writeFileSync(basePath(), toText(buildBase()));
}
