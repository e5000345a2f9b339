/** `npm run model:build`: makes the base model from the lexicon. The same lexicon always gives the same bytes. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseExamples } from './examples.ts';
import { recipe } from './recipe.ts';
import { toText } from './text.ts';
import { train, type ModelData } from './train.ts';

/** The base model, fitted afresh. */
export const buildBase = (): ModelData => train(baseExamples(), recipe());

if (import.meta.main) {
	writeFileSync(join(import.meta.dirname, 'base', 'model.json'), toText(buildBase()));
}
