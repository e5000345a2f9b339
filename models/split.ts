/** Holds rows out by whole merchants, so that a figure says what a model makes of merchants it has never seen. */

import { foldText } from '#lib/descriptor/fold.ts';
import { hashText } from '#lib/descriptor/hash.ts';
import { merchantKey, merchantOf } from '#lib/merchant.ts';

/** Merchants that start with the same word of at least this many letters are held out together: "Tesco", "Tesco Express". */
const shortestFamily = 4;

/** Rows to train on, and rows of merchants that none of those has. */
export type Split<Row> = { train: Row[]; test: Row[] };

/**
 * Puts one in `parts` families of merchants into `test`, those of part number `part`; all others into `train`. The same
 * rows are always split the same way.
 */
export function splitByMerchant<Row extends { description: string }>(
	rows: readonly Row[],
	parts: number,
	part = 0
): Split<Row> {
	const split: Split<Row> = { train: [], test: [] };
	for (const row of rows) split[partOf(row.description, parts) === part ? 'test' : 'train'].push(row);
	return split;
}

/** Which of `parts` a descriptor's family of merchants falls into. */
export function partOf(description: string, parts: number): number {
	const merchant = merchantOf(description);
	const first = foldText(merchant.split(/[\s-]/)[0]!);
	const [hash] = hashText(first.length >= shortestFamily ? first : merchantKey(merchant));
	// The last multiplication of the hash leaves its low bits to the last letters alone.
	return ((hash ^ (hash >>> 15)) >>> 0) % parts;
}
