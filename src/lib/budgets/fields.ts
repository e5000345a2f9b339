/** The fields of a budget that people can change, in words. */
import { formatAmount } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { chipsOf, chipText } from '#lib/category-chips.ts';
import type { Period } from './period.ts';
import { periodText, thresholdsText } from './words.ts';

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

type Field = keyof BudgetFields;
type Words<F extends Field> = {
	label: () => string;
	words: (value: BudgetFields[F], currency: string) => string;
};

const yesOrNo = (value: boolean): string => (value ? m.budgets_yes() : m.budgets_no());

export const budgetFields: { [F in Field]: Words<F> } = {
	name: { label: m.budgets_name, words: (name) => name },
	categoryIds: {
		label: m.budgets_categories,
		words: (ids) => (ids.length === 0 ? m.budgets_all_spending() : chipsOf(ids).map(chipText).join(', '))
	},
	amount: { label: m.budgets_amount, words: formatAmount },
	currency: { label: m.budgets_currency, words: (currency) => currency },
	period: { label: m.budgets_period, words: periodText },
	thresholds: { label: m.budgets_thresholds, words: thresholdsText },
	rollOver: { label: m.budgets_roll_over, words: yesOrNo },
	ownShare: { label: m.budgets_own_share, words: yesOrNo }
};

export type Difference = { field: Field; label: string; mine: string; theirs: string };

/** The fields in which two versions of a budget differ. */
export function differences(mine: BudgetFields, theirs: BudgetFields): Difference[] {
	const differing = (Object.keys(budgetFields) as Field[]).filter(
		(field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field])
	);
	const words = <F extends Field>(field: F, of: BudgetFields): string =>
		budgetFields[field].words(of[field], of.currency);
	return differing.map((field) => ({
		field,
		label: budgetFields[field].label(),
		mine: words(field, mine),
		theirs: words(field, theirs)
	}));
}
