/** Two people have changed a budget at once: what each changed alone is kept, what both changed is asked about. */
import { comparable } from '../comparable.ts';
import type { Period } from './period.ts';

/** The fields of a budget that people can change. */
export type BudgetFields = {
	name: string;
	categoryIds: readonly string[];
	/** In minor units of `currency`. */
	amount: number;
	currency: string;
	period: Period;
	thresholds: readonly number[];
	rollOver: boolean;
	ownShare: boolean;
};

/** What is decided together: an amount means nothing without its currency. */
const parts = {
	name: ['name'],
	categoryIds: ['categoryIds'],
	amount: ['amount', 'currency'],
	period: ['period'],
	thresholds: ['thresholds'],
	rollOver: ['rollOver'],
	ownShare: ['ownShare']
} as const satisfies Record<string, readonly (keyof BudgetFields)[]>;

export type MergeField = keyof typeof parts;
export const mergeFields = Object.keys(parts) as MergeField[];

export type Merge<Mine> = {
	/** With the chosen side where both changed a field. */
	merged: Mine;
	/** Changed by both, differently. */
	conflicts: MergeField[];
	/** Taken over without asking: only they changed it. */
	taken: MergeField[];
};

/** Merges two versions that started from `base`. `side`: whose stays where both changed a field. */
export function merge<Mine extends BudgetFields>(
	base: BudgetFields,
	mine: Mine,
	theirs: BudgetFields,
	side: 'mine' | 'theirs' = 'mine'
): Merge<Mine> {
	const differ = (one: BudgetFields, other: BudgetFields) => (field: MergeField) =>
		said(one, field) !== said(other, field);
	const there = mergeFields.filter(differ(base, theirs)).filter(differ(mine, theirs));
	const conflicts = there.filter(differ(base, mine));
	const taken = there.filter((field) => !conflicts.includes(field));
	const merged = { ...mine, ...pick(theirs, side === 'theirs' ? there : taken) };
	return { merged, conflicts, taken };
}

/** What has been changed of a version. */
export const changedFrom = <Mine extends BudgetFields>(base: BudgetFields, mine: Mine): Partial<Mine> =>
	pick(
		mine,
		mergeFields.filter((field) => said(base, field) !== said(mine, field))
	);

const pick = <From extends BudgetFields>(from: From, fields: readonly MergeField[]): Partial<From> =>
	Object.fromEntries(
		fields.flatMap((field) => parts[field]).map((part) => [part, from[part]])
	) as Partial<From>;

/** Which categories, not in which order they were chosen. */
const said = (budget: BudgetFields, field: MergeField): string =>
	comparable(parts[field].map((part) => (part === 'categoryIds' ? budget[part].toSorted() : budget[part])));
