/** Brings a stored model into memory. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CategoryKey } from '#lib/categories.ts';
import { Model } from './predict.ts';
import type { ModelData } from './train.ts';

const baseFile = join('models', 'base', 'model.json');

/** Reads a model file. Throws when it is missing or no model. */
export function loadModel<Label extends string = string>(path: string): Model<Label> {
	return new Model<Label>(JSON.parse(readFileSync(path, 'utf8')) as ModelData);
}

/** The model shipped with Quits. */
export function loadBase(path: string = basePath()): Model<CategoryKey> {
	return loadModel<CategoryKey>(path);
}

/** The shipped model's file: above this module in the source tree as well as in the build, whatever its depth there. */
export function basePath(): string {
	let folder = import.meta.dirname;
	while (!existsSync(join(folder, baseFile))) {
		const parent = dirname(folder);
		if (parent === folder) throw new Error(`${baseFile} is not above ${import.meta.dirname}`);
		folder = parent;
	}
	return join(folder, baseFile);
}
