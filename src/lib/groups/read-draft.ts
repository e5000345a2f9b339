/** What a typed expense comes to, at every keystroke: the shares to show, what is wrong, and what would be saved. */
import { parseAmount, parseDecimal } from './amount-input.ts';
import { apportion, type Seed } from './apportion.ts';
import { ratePattern } from './convert.ts';
import type { ExpenseDraft, DraftFields, Texts } from './draft.ts';
import { partsOf, type Parts, type Payer } from './parts.ts';
import { sharesOf, type Share, type SplitProblem } from './shares.ts';
import type { Split } from './split.ts';

export type Reading = {
	/** In minor units, negative for a refund; null while there is none. */
	amount: number | null;
	/** Fields whose text is no number: `amount`, `paid ID`, `exact ID`, `price KEY`, `tax`, `tip`, `rate` … */
	bad: ReadonlySet<string>;
	/** Minor units by which the payers' amounts are too much (negative: too little). */
	payersOver: number;
	split: Split | null;
	/** In the currency that was typed, in minor units. */
	shares: Share[] | null;
	splitProblem: SplitProblem | null;
	/** What empty fields stand for: minor units, per cent. */
	fills: ReadonlyMap<string, number>;
	/** What the items, tax and tip add up to. */
	itemsTotal: number;
	/** In the currency that it is owed in; null while something is missing. */
	parts: Extract<Parts, { ok: true }> | null;
	/** What is to be saved; null while it cannot be. */
	fields: DraftFields | null;
};

/** How many decimals the API takes. */
const places = { percent: 4, shares: 3, rate: 10 } as const;

/** Reads a draft. `seed` is the expense's, so that the odd unit shows where it will fall. */
export function readDraft(draft: ExpenseDraft, seed: Seed, locale: string): Reading {
	const bad = new Set<string>();
	const sign = draft.refund ? -1 : 1;
	const money = (key: string, text: string | undefined): number => {
		if (!text?.trim()) return 0;
		const amount = parseAmount(text, draft.currency, locale);
		if (amount === null) bad.add(key);
		return amount === null || amount === 0 ? 0 : amount * sign;
	};
	const number = (key: string, text: string, most: number): number => {
		const decimal = parseDecimal(text, locale, most);
		if (decimal === null || decimal.startsWith('-')) bad.add(key);
		return decimal === null ? 0 : Number(decimal);
	};
	const typed = money('amount', draft.amount);
	const amount = draft.amount.trim() && !bad.has('amount') && typed * sign > 0 ? typed : null;
	const payers = payersOf(draft, amount ?? 0, money);
	const payersOver = payers.reduce((sum, payer) => sum + payer.amount, 0) - (amount ?? 0);
	const fills = new Map<string, number>();
	const split = splitOf(draft, amount ?? 0, seed, { money, number, fills });
	const itemsTotal =
		split?.mode === 'items'
			? split.items.reduce((sum, item) => sum + item.amount, 0) + split.tax + split.tip
			: 0;
	const dealt = split && amount !== null ? sharesOf(amount, split, seed) : null;
	const isConverted = draft.converted && draft.currency !== draft.settleCurrency;
	const rate = isConverted ? rateOf(draft, locale) : null;
	if (isConverted && draft.rate.trim() && rate === null) bad.add('rate');
	const reading = {
		amount,
		bad,
		payersOver: amount === null ? 0 : payersOver,
		split,
		shares: dealt?.ok ? dealt.shares : null,
		splitProblem: dealt && !dealt.ok ? dealt.problem : null,
		fills,
		itemsTotal
	};
	const isWhole = amount !== null && split && bad.size === 0 && (rate !== null || !isConverted);
	if (!isWhole) return { ...reading, parts: null, fields: null };
	const conversion = rate === null ? null : { currency: draft.settleCurrency, rate };
	const parts = partsOf({ currency: draft.currency, amount, payers, split, conversion }, seed);
	if (!parts.ok) {
		if (parts.problem.code === 'bad_rate') bad.add('rate');
		return { ...reading, parts: null, fields: null };
	}
	const fields = { ...textFields(draft), currency: draft.currency, amount, payers, split, conversion };
	return { ...reading, parts, fields: draft.description.trim() && draft.date ? fields : null };
}

const textFields = ({ description, date, categoryId, notes, cadence, lastDate }: ExpenseDraft) => ({
	description: description.trim(),
	date,
	categoryId,
	notes: notes.trim(),
	schedule: cadence === '' ? null : { cadence, lastDate: lastDate || null }
});

/** A stated rate as the API takes it, or null. */
function rateOf({ rate }: ExpenseDraft, locale: string): string | null {
	const decimal = parseDecimal(rate, locale, places.rate);
	return decimal && ratePattern.test(decimal) && Number(decimal) > 0 ? decimal : null;
}

type ReadMoney = (key: string, text: string | undefined) => number;

function payersOf({ several, payer, paid }: ExpenseDraft, amount: number, money: ReadMoney): Payer[] {
	if (!several) return [{ memberId: payer, amount }];
	return Object.entries(paid)
		.map(([memberId, text]) => ({ memberId, amount: money(`paid ${memberId}`, text) }))
		.filter((one) => one.amount !== 0);
}

type Readers = {
	money: ReadMoney;
	number: (key: string, text: string, places: number) => number;
	fills: Map<string, number>;
};

function splitOf(
	{ split: draft }: ExpenseDraft,
	amount: number,
	seed: Seed,
	{ money, number, fills }: Readers
): Split | null {
	const { mode, included } = draft;
	if (mode === 'items') return itemsOf(draft, money);
	if (included.length === 0) return null;
	/** Deals what the typed ones leave of `whole` out among the empty ones. */
	const fillUp = (texts: Texts, whole: number, read: (id: string, text: string) => number) => {
		const typed = new Map(included.filter((id) => texts[id]?.trim()).map((id) => [id, read(id, texts[id]!)]));
		const rest = whole - [...typed.values()].reduce((sum, value) => sum + value, 0);
		const empty = included.filter((id) => !typed.has(id));
		const isLeft = whole < 0 ? rest < 0 : rest > 0;
		const claims = empty.map((memberId) => ({ memberId, weight: 1n }));
		const parts = empty.length > 0 ? apportion(BigInt(isLeft ? rest : 0), claims, seed) : [];
		for (const part of parts) fills.set(part.memberId, Number(part.amount));
		return (id: string) => typed.get(id) ?? fills.get(id) ?? 0;
	};
	switch (mode) {
		case 'equal':
			return { mode, members: included.map((memberId) => ({ memberId })) };
		case 'exact': {
			const of = fillUp(draft.exact, amount, (id, text) => money(`exact ${id}`, text));
			return { mode, members: included.map((memberId) => ({ memberId, amount: of(memberId) })) };
		}
		case 'percent': {
			// Counted in the smallest parts of a per cent, as whole numbers.
			const unit = 10 ** places.percent;
			const of = fillUp(draft.percent, 100 * unit, (id, text) =>
				Math.round(number(`percent ${id}`, text, places.percent) * unit)
			);
			const members = included.map((memberId) => ({ memberId, percent: of(memberId) / unit }));
			for (const [id, value] of fills) fills.set(id, value / unit);
			return { mode, members };
		}
		case 'shares': {
			const of = (id: string) =>
				draft.shares[id]?.trim() ? number(`shares ${id}`, draft.shares[id], places.shares) : 1;
			return { mode, members: included.map((memberId) => ({ memberId, shares: of(memberId) })) };
		}
		case 'adjust': {
			const of = (id: string) => money(`adjust ${id}`, draft.adjust[id]);
			return { mode, members: included.map((memberId) => ({ memberId, amount: of(memberId) })) };
		}
	}
}

function itemsOf({ items, tax, tip }: ExpenseDraft['split'], money: ReadMoney): Split | null {
	const read = items
		.filter(({ name, price }) => name.trim() || price.trim())
		.map(({ key, name, price, memberIds }) => ({
			name: name.trim(),
			amount: money(`price ${key}`, price),
			memberIds
		}));
	if (read.length === 0 || read.some(({ memberIds }) => memberIds.length === 0)) return null;
	return { mode: 'items', items: read, tax: money('tax', tax), tip: money('tip', tip) };
}
