/** Two people have changed an expense at once: what each changed alone is kept, what both changed is asked about. */
import { comparable } from '../comparable.ts';
import type { SavedExpense } from './draft.ts';
import { inOrder } from './members-of.ts';
import type { Payer } from './parts.ts';

/** What is decided together. An amount means nothing without its currency. */
export const mergeFields = [
	'description',
	'amount',
	'payers',
	'split',
	'date',
	'categoryId',
	'notes',
	'conversion',
	'schedule'
] as const;
export type MergeField = (typeof mergeFields)[number];
export type Side = 'mine' | 'theirs';

export type Merge = {
	/** With mine where both changed a field, until somebody has chosen. */
	merged: SavedExpense;
	/** Changed by both, differently. */
	conflicts: MergeField[];
	/** Taken over without asking: only they changed it. */
	taken: MergeField[];
};

/** Merges two versions that started from `base`. `picks` says which side a field in conflict is taken from. */
export function merge(
	base: SavedExpense,
	mine: SavedExpense,
	theirs: SavedExpense,
	picks: Partial<Record<MergeField, Side>> = {}
): Merge {
	const conflicts: MergeField[] = [];
	const taken: MergeField[] = [];
	let merged = mine;
	for (const field of mergeFields) {
		const [before, here, there] = [base, mine, theirs].map((version) => said(version, field));
		if (here === there || there === before) continue;
		if (here === before) taken.push(field);
		else conflicts.push(field);
		if (here === before || picks[field] === 'theirs') merged = withField(merged, theirs, field);
	}
	return { merged: followAmount(merged), conflicts, taken };
}

/** A field as a text that is the same exactly when it means the same. */
function said(expense: SavedExpense, field: MergeField): string {
	switch (field) {
		case 'amount':
			return comparable([expense.amount, expense.currency]);
		case 'payers':
			// Whoever pays alone pays all of it, whatever that is.
			return comparable(
				expense.payers.length === 1 ? expense.payers[0]!.memberId : inOrder.payers(expense.payers)
			);
		case 'split':
			return comparable(inOrder.split(expense.split));
		case 'categoryId':
			return expense.categoryId ?? '';
		default:
			return comparable(expense[field]);
	}
}

const withField = (into: SavedExpense, from: SavedExpense, field: MergeField): SavedExpense =>
	field === 'amount'
		? { ...into, amount: from.amount, currency: from.currency }
		: { ...into, [field]: from[field] };

/** Whoever pays alone pays the amount that was chosen. */
function followAmount(expense: SavedExpense): SavedExpense {
	const [payer, ...others] = expense.payers;
	if (!payer || others.length > 0) return expense;
	const payers: Payer[] = [{ memberId: payer.memberId, amount: expense.amount }];
	return { ...expense, payers };
}
