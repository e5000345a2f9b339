/** A budget as it is typed into its form. */
import { groupOf } from '#lib/categories.ts';
import type { Inputs, Outputs } from '#lib/trpc.ts';
import { parseAmount, writeAmount } from '../groups/amount-input.ts';
import type { Period } from './period.ts';
import { usualThresholds } from './thresholds.ts';

type Budget = Outputs['budgets']['list'][number];
type NewBudget = Inputs['budgets']['create'];

/** Texts, as inputs and selects hold them; what a kind of period does not need is kept for when it is chosen again. */
export type BudgetDraft = {
	name: string;
	/** Empty: one's own. */
	groupId: string;
	categoryIds: string[];
	amount: string;
	currency: string;
	kind: Period['kind'];
	weekStart: string;
	day: string;
	month: string;
	days: string;
	from: string;
	thresholds: number[];
	rollOver: boolean;
	ownShare: boolean;
};

export const newDraft = (about: { currency: string; groupId: string; today: string }): BudgetDraft => ({
	name: '',
	groupId: about.groupId,
	categoryIds: [],
	amount: '',
	currency: about.currency,
	kind: 'monthly',
	weekStart: '1',
	day: '1',
	month: '1',
	days: '14',
	from: about.today,
	thresholds: [...usualThresholds],
	rollOver: false,
	ownShare: false
});

type Kept = Omit<Budget, 'status' | 'createdAt' | 'startDate' | 'timeZone'>;

export function draftOf(budget: Kept, locale: string, today: string): BudgetDraft {
	const { name, groupId, categoryIds, amount, currency, period, thresholds, rollOver, ownShare } = budget;
	const draft = newDraft({ currency, groupId: groupId ?? '', today });
	const { kind, ...where } = period;
	const typed = Object.fromEntries(Object.entries(where).map(([field, value]) => [field, String(value)]));
	return {
		...draft,
		...{ name, categoryIds, kind, thresholds, rollOver, ownShare },
		amount: writeAmount(amount, currency, locale),
		...typed
	};
}

/** The amount in minor units; null when it is none that a budget can have. */
export function amountOf({ amount, currency }: BudgetDraft, locale: string): number | null {
	const minor = parseAmount(amount, currency, locale);
	return minor !== null && minor > 0 ? minor : null;
}

/** Null when the number of days is none that a period can have, or it has no first day. */
export function periodOf({ kind, weekStart, day, month, days, from }: BudgetDraft): Period | null {
	switch (kind) {
		case 'weekly':
			return { kind, weekStart: Number(weekStart) };
		case 'monthly':
			return { kind, day: Number(day) };
		case 'quarterly':
		case 'yearly':
			return { kind, month: Number(month), day: Number(day) };
		case 'custom': {
			const count = /^\d{1,3}$/.test(days) ? Number(days) : 0;
			return count >= 1 && count <= 366 && from ? { kind, days: count, from } : null;
		}
	}
}

/** Without those of one's own in a group's budget: they may have been chosen before it was said whose it is. */
export const categoriesIn = ({ categoryIds, groupId }: BudgetDraft): string[] =>
	groupId === '' ? categoryIds : categoryIds.filter(groupOf);

export type ReadDraft = Required<Omit<NewBudget, 'id' | 'groupId' | 'period'>> & { period: Period };

/** What is sent; null while something is missing. The name is left to the server, which says what is wrong with it. */
export function readDraft(draft: BudgetDraft, locale: string): ReadDraft | null {
	const [amount, period] = [amountOf(draft, locale), periodOf(draft)];
	if (amount === null || period === null) return null;
	const { name, currency, thresholds, rollOver, ownShare, groupId } = draft;
	return {
		...{ name, currency, amount, period, thresholds, rollOver },
		categoryIds: categoriesIn(draft),
		ownShare: ownShare && groupId === ''
	};
}
