/** Whether what a file says is a model that can be used: a damaged one must be noticed before it decides anything. */

import { groupOf } from '#lib/categories.ts';
import type { Reading } from './features.ts';
import type { ModelData } from './train.ts';

const isNumbers = (value: unknown, length?: number): value is number[] =>
	Array.isArray(value) &&
	(length === undefined || value.length === length) &&
	value.every((number) => Number.isFinite(number));

/** A model over our own categories, whole and consistent. */
export function isModelData(value: unknown): value is ModelData {
	if (typeof value !== 'object' || value === null) return false;
	const { labels, priors, floors, differences, tokens, temperature, reading, calibration } =
		value as Partial<ModelData>;
	if (!reading || !isReading(reading)) return false;
	if (!isCurve(calibration?.familiar) || !isCurve(calibration?.strange)) return false;
	if (!Array.isArray(labels) || labels.length < 2 || !labels.every(isCategory)) return false;
	if (!isNumbers(priors, labels.length) || !isNumbers(floors, labels.length) || !isNumbers(differences)) {
		return false;
	}
	if (typeof temperature !== 'number' || !(temperature > 0) || !Array.isArray(tokens)) return false;
	return tokens.every((token) => isToken(token, labels.length, differences.length));
}

const isReading = ({ pieces, repeats }: Reading): boolean =>
	Number.isFinite(pieces) && pieces >= 0 && typeof repeats === 'boolean';

/** Shares at confidence 0 to 1: two points at least. */
const isCurve = (shares: unknown): boolean =>
	isNumbers(shares) && shares.length >= 2 && shares.every((share) => share >= 0 && share <= 1);

const isCategory = (label: unknown): boolean => typeof label === 'string' && groupOf(label) !== undefined;

/** A feature, then pairs of a label's and a difference's index. */
function isToken(token: unknown, labels: number, differences: number): boolean {
	if (!Array.isArray(token) || token.length % 2 === 0 || typeof token[0] !== 'string') return false;
	return token
		.slice(1)
		.every(
			(index: unknown, i) =>
				Number.isInteger(index) && Number(index) >= 0 && Number(index) < (i % 2 === 0 ? labels : differences)
		);
}
