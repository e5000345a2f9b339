/** The fields of a budget that people can change, in words. */
import { formatAmount } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { chipsOf, chipText } from '#lib/category-chips.ts';
import type { BudgetFields, MergeField } from './merge.ts';
import { periodText, thresholdsText } from './words.ts';

type Words = { label: () => string; words: (budget: BudgetFields) => string };

const yesOrNo = (value: boolean): string => (value ? m.budgets_yes() : m.budgets_no());

const fields: Record<MergeField, Words> = {
	name: { label: m.budgets_name, words: ({ name }) => name },
	categoryIds: {
		label: m.budgets_categories,
		words: ({ categoryIds: ids }) =>
			ids.length === 0 ? m.budgets_all_spending() : chipsOf(ids).map(chipText).join(', ')
	},
	amount: { label: m.budgets_amount, words: ({ amount, currency }) => formatAmount(amount, currency) },
	period: { label: m.budgets_period, words: ({ period }) => periodText(period) },
	thresholds: { label: m.budgets_thresholds, words: ({ thresholds }) => thresholdsText(thresholds) },
	rollOver: { label: m.budgets_roll_over, words: ({ rollOver }) => yesOrNo(rollOver) },
	ownShare: { label: m.budgets_own_share, words: ({ ownShare }) => yesOrNo(ownShare) }
};

/** "Amount", as the form calls it. */
export const fieldLabel = (field: MergeField): string => fields[field].label();

/** "€500.00" */
export const fieldText = (field: MergeField, budget: BudgetFields): string => fields[field].words(budget);
