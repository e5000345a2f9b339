/** What rules would change of a transaction that is there already. */
import { merchantOf } from '#lib/merchant.ts';
import type { Outcome } from './evaluate.ts';
import type { Actions } from './rule.ts';

/** A transaction as far as rules can change it. */
export type Fields = {
	categoryId: string | null;
	source: 'rule' | 'user' | 'model' | 'transfer' | 'none';
	confidence: number;
	review: boolean;
	merchant: string;
	note: string;
};

export type FieldChanges = {
	after: Fields;
	/** The rules that decided any of it. */
	ruleIds: string[];
};

/** What a rule's category makes of a transaction. */
export const byRule = (categoryId: string) =>
	({ categoryId, source: 'rule', confidence: 1, review: false }) as const;

/**
 * What becomes of a transaction's own fields; null when nothing does. What a person has chosen or written stays, unless `overOwn`:
 * their category, a merchant that is called other than the bank's text says, a note.
 */
export function fieldChanges(
	{ description, ...before }: Fields & { description: string },
	outcome: Outcome,
	{ overOwn = false } = {}
): FieldChanges | null {
	const after = { ...before };
	const ruleIds = new Set<string>();
	const { categoryId: category, merchant, note } = outcome;
	if (category && (overOwn || before.source !== 'user')) {
		if (category.value !== before.categoryId || before.review) {
			Object.assign(after, byRule(category.value));
			ruleIds.add(category.ruleId);
		}
	}
	if (merchant && merchant.value !== before.merchant) {
		if (overOwn || before.merchant === merchantOf(description)) {
			after.merchant = merchant.value;
			ruleIds.add(merchant.ruleId);
		}
	}
	if (note && note.value !== before.note && (overOwn || before.note === '')) {
		after.note = note.value;
		ruleIds.add(note.ruleId);
	}
	return ruleIds.size > 0 ? { after, ruleIds: [...ruleIds] } : null;
}

/** Only what one rule decides, where the others have their say before it and after it. */
export const decidedBy = (outcome: Outcome, ruleId: string): Outcome =>
	Object.fromEntries(
		(Object.keys(outcome) as (keyof Actions)[])
			.filter((kind) => outcome[kind]?.ruleId === ruleId)
			.map((kind) => [kind, outcome[kind]])
	);
