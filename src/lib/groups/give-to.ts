/** The button that makes amounts add up: somebody takes what is missing, or gives up what is too much. */
import { parseAmount, parseDecimal, writeAmount, writeDecimal } from './amount-input.ts';
import type { ExpenseDraft, Texts } from './draft.ts';
import type { Reading } from './read-draft.ts';

export type Difference = {
	/** Whose amounts do not add up. */
	of: 'payers' | 'split';
	/** Minor units of the expense's currency, or per cent; above zero is too much, below is missing. A refund is turned round. */
	over: number;
	unit: 'money' | 'percent';
	/** Who can take it without falling below zero. */
	takers: string[];
	/** With items: the amount itself can follow instead. */
	amount: number | null;
};

/** What does not add up in a draft, if anything: the payers first, then the split. */
export function differenceOf(draft: ExpenseDraft, reading: Reading, locale: string): Difference | null {
	const sign = draft.refund ? -1 : 1;
	const money = (texts: Texts) => (id: string) =>
		Math.abs(parseAmount(texts[id] ?? '', draft.currency, locale) ?? 0);
	const able = (ids: string[], valueOf: (id: string) => number, over: number) =>
		ids.filter((id) => valueOf(id) >= over);
	if (draft.several && reading.payersOver !== 0) {
		const over = reading.payersOver * sign;
		const ids = over > 0 ? Object.keys(draft.paid) : [];
		const takers = over > 0 ? able(ids, money(draft.paid), over) : draft.split.included;
		return { of: 'payers', over, unit: 'money', takers, amount: null };
	}
	const { itemsTotal } = reading;
	// Whoever types the lines of a bill need not add them up.
	if (reading.amount === null && reading.bad.size === 0 && itemsTotal * sign > 0) {
		return { of: 'split', over: itemsTotal * sign, unit: 'money', takers: [], amount: itemsTotal * sign };
	}
	const problem = reading.splitProblem;
	if (!problem || !('over' in problem)) return null;
	const { included, mode } = draft.split;
	if (problem.code === 'split_percent') {
		const percentOf = (id: string) => Number(parseDecimal(draft.split.percent[id] ?? '', locale, 4) ?? 0);
		const takers = able(included, percentOf, problem.over);
		return { of: 'split', over: problem.over, unit: 'percent', takers, amount: null };
	}
	const over = problem.over * sign;
	if (problem.code === 'split_items_sum') {
		return { of: 'split', over, unit: 'money', takers: [], amount: itemsTotal * sign };
	}
	const texts = mode === 'exact' ? draft.split.exact : draft.split.adjust;
	return { of: 'split', over, unit: 'money', takers: able(included, money(texts), over), amount: null };
}

/** The draft in which one member has taken the difference. */
export function giveTo(
	draft: ExpenseDraft,
	{ of, over, unit }: Difference,
	memberId: string,
	locale: string
): ExpenseDraft {
	const add = (texts: Texts): Texts => {
		const before = parseAmount(texts[memberId] ?? '', draft.currency, locale) ?? 0;
		return { ...texts, [memberId]: writeAmount(before - over, draft.currency, locale) };
	};
	if (of === 'payers') return { ...draft, paid: add(draft.paid) };
	const { split } = draft;
	if (unit === 'percent') {
		// Whole numbers of the smallest part that is kept: floats would leave a trace.
		const before = Number(parseDecimal(split.percent[memberId] ?? '', locale, 4) ?? 0);
		const after = (Math.round(before * 10_000) - Math.round(over * 10_000)) / 10_000;
		const percent = { ...split.percent, [memberId]: writeDecimal(String(after), locale) };
		return { ...draft, split: { ...split, percent } };
	}
	if (split.mode === 'exact') return { ...draft, split: { ...split, exact: add(split.exact) } };
	return { ...draft, split: { ...split, adjust: add(split.adjust) } };
}
