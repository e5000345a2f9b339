/** An expense while it is being typed: texts as they stand in the fields. What they come to is in ./read-draft.ts. */
import { writeAmount, writeDecimal } from './amount-input.ts';
import type { ExpenseFields } from './expense.ts';
import { involved, sharers } from './members-of.ts';
import type { Payer } from './parts.ts';
import type { Cadence } from './schedule.ts';
import type { Split, SplitMode } from './split.ts';

/** By member. */
export type Texts = Record<string, string>;

export type ItemDraft = {
	/** Tells rows apart while they move. */
	key: number;
	name: string;
	price: string;
	memberIds: string[];
};

/** What was typed in every mode is kept, so that looking at another one loses nothing. */
export type SplitDraft = {
	mode: SplitMode;
	/** Who has a share; with items these say it one by one. */
	included: string[];
	/** An empty amount or per cent takes its part of what the others leave; an empty number of shares is 1. */
	exact: Texts;
	percent: Texts;
	shares: Texts;
	/** How much more than the others; empty is nothing. */
	adjust: Texts;
	items: ItemDraft[];
	tax: string;
	tip: string;
};

export type ExpenseDraft = {
	/** Never negative: `refund` turns all amounts round. */
	amount: string;
	refund: boolean;
	currency: string;
	description: string;
	date: string;
	/** Who paid all of it, unless several did. */
	payer: string;
	several: boolean;
	paid: Texts;
	split: SplitDraft;
	categoryId: string | null;
	notes: string;
	/** Owed in another currency, at a rate. */
	converted: boolean;
	settleCurrency: string;
	rate: string;
	cadence: Cadence | '';
	lastDate: string;
};

/** What a saved expense says, in the shape of the API's expenses. */
export type SavedExpense = {
	description: string;
	date: string;
	currency: string;
	amount: number;
	payers: Payer[];
	split: Split;
	conversion: { currency: string; rate: string } | null;
	categoryId: string | null;
	notes: string;
	schedule: { cadence: Cadence; lastDate: string | null } | null;
};

type View = Omit<SavedExpense, 'schedule'>;
type ScheduleView = { cadence: Cadence; lastDate: string | null; endedAt: unknown } | null;

/** An expense as the API gives it, as what a person can change of it. */
export const savedExpense = (view: View, schedule: ScheduleView): SavedExpense => ({
	description: view.description,
	date: view.date,
	currency: view.currency,
	amount: view.amount,
	payers: view.payers,
	split: view.split,
	conversion: view.conversion,
	categoryId: view.categoryId,
	notes: view.notes,
	schedule:
		schedule && schedule.endedAt === null ? { cadence: schedule.cadence, lastDate: schedule.lastDate } : null
});

export const noItem = (key: number, memberIds: string[]): ItemDraft => ({
	key,
	name: '',
	price: '',
	memberIds
});

const emptySplit = (mode: SplitMode, included: string[]): SplitDraft => ({
	mode,
	included,
	exact: {},
	percent: {},
	shares: {},
	adjust: {},
	items: [noItem(1, included)],
	tax: '',
	tip: ''
});

/** A new expense: everybody alike, paid by whoever adds it. */
export const emptyDraft = (start: {
	me: string;
	memberIds: string[];
	currency: string;
	settleCurrency: string;
	date: string;
}): ExpenseDraft => ({
	amount: '',
	refund: false,
	currency: start.currency,
	description: '',
	date: start.date,
	payer: start.me,
	several: false,
	paid: {},
	split: emptySplit('equal', start.memberIds),
	categoryId: null,
	notes: '',
	converted: false,
	settleCurrency: start.settleCurrency,
	rate: '',
	cadence: '',
	lastDate: ''
});

/** A saved expense to go on typing at. `memberIds` are those whom a new item is offered to. */
export function draftOf(saved: SavedExpense, groupCurrency: string, locale: string): ExpenseDraft {
	const { currency, payers, split, conversion } = saved;
	const sign = saved.amount < 0 ? -1 : 1;
	const write = (amount: number) => writeAmount(amount * sign, currency, locale);
	return {
		amount: write(saved.amount),
		refund: sign === -1,
		currency,
		description: saved.description,
		date: saved.date,
		payer: payers[0]?.memberId ?? '',
		several: payers.length > 1,
		paid: Object.fromEntries(payers.map(({ memberId, amount }) => [memberId, write(amount)])),
		split: splitDraft(split, write, (number) => writeDecimal(String(number), locale)),
		categoryId: saved.categoryId,
		notes: saved.notes,
		converted: conversion !== null,
		settleCurrency: conversion?.currency ?? groupCurrency,
		rate: conversion ? writeDecimal(conversion.rate, locale) : '',
		cadence: saved.schedule?.cadence ?? '',
		lastDate: saved.schedule?.lastDate ?? ''
	};
}

function splitDraft(
	split: Split,
	write: (amount: number) => string,
	number: (value: number) => string
): SplitDraft {
	const draft = emptySplit(split.mode, sharers(split));
	switch (split.mode) {
		case 'equal':
			return draft;
		case 'exact':
			return { ...draft, exact: textsOf(split.members, ({ amount }) => write(amount)) };
		case 'percent':
			return { ...draft, percent: textsOf(split.members, ({ percent }) => number(percent)) };
		case 'shares':
			return { ...draft, shares: textsOf(split.members, ({ shares }) => number(shares)) };
		case 'adjust':
			return {
				...draft,
				adjust: textsOf(
					split.members.filter(({ amount }) => amount !== 0),
					({ amount }) => write(amount)
				)
			};
		case 'items':
			return {
				...draft,
				items: split.items.map(({ name, amount, memberIds }, at) => ({
					key: at + 1,
					name,
					price: write(amount),
					memberIds
				})),
				tax: split.tax === 0 ? '' : write(split.tax),
				tip: split.tip === 0 ? '' : write(split.tip)
			};
	}
}

const textsOf = <One extends { memberId: string }>(list: readonly One[], text: (one: One) => string): Texts =>
	Object.fromEntries(list.map((one) => [one.memberId, text(one)]));

/** Everybody who is named in it, in whatever mode is chosen. */
export const namedIn = (saved: Pick<SavedExpense, 'payers' | 'split'>): string[] =>
	involved(saved.payers, saved.split);

/** The fields of an expense as the API takes them. */
export type DraftFields = Required<Omit<ExpenseFields, 'transactionId' | 'schedule' | 'split'>> & {
	split: Split;
	schedule: SavedExpense['schedule'];
};
