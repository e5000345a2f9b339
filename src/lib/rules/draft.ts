/** A rule as it is typed into its form. */
import type { CategoryBook } from '#lib/category-book.ts';
import { parseAmount, parseDecimal, writeAmount, writeDecimal } from '#lib/groups/amount-input.ts';
import { isGroup } from './conditions.ts';
import { mostConditions } from './limits.ts';
import type { Actions, Condition, Conditions, TextTest } from './rule.ts';

export type Kind = Condition['kind'];

/** Texts, as inputs and selects hold them; what one kind of condition does not need is kept for when it is chosen again. */
export type ConditionDraft = {
	key: number;
	kind: Kind;
	test: TextTest;
	value: string;
	currency: string;
	min: string;
	max: string;
	is: 'in' | 'out';
	accountIds: string[];
	from: string;
	to: string;
	firstDay: string;
	lastDay: string;
	/** ISO weekdays. */
	days: number[];
};
export type GroupDraft = { key: number; kind: 'all' | 'any'; of: (ConditionDraft | GroupDraft)[] };

export type RuleDraft = {
	name: string;
	conditions: GroupDraft;
	categoryId: string | null;
	merchant: string;
	note: string;
	/** Empty: it is split with nobody. */
	groupId: string;
	how: 'equal' | 'shares';
	/** By member: how many parts, as typed. */
	parts: Record<string, string>;
};

type Rule = { name: string; conditions: Conditions; actions: Actions };
export type ReadDraft = Rule;

/** What there is that a rule can name. */
export type Known = {
	accountIds: ReadonlySet<string>;
	groupIds: ReadonlySet<string>;
	categories: CategoryBook;
};

let keys = 0;

export const newCondition = (currency: string, more: Partial<ConditionDraft> = {}): ConditionDraft => ({
	...{ key: ++keys, kind: 'text', test: 'contains', value: '', currency, min: '', max: '', is: 'out' },
	...{ accountIds: [], from: '', to: '', firstDay: '1', lastDay: '1', days: [] },
	...more
});

export const newGroup = (kind: GroupDraft['kind'], of: (ConditionDraft | GroupDraft)[] = []): GroupDraft => ({
	key: ++keys,
	kind,
	of
});

export const newDraft = (currency: string): RuleDraft => ({
	name: '',
	conditions: newGroup('all', [newCondition(currency)]),
	...{ categoryId: null, merchant: '', note: '', groupId: '', how: 'equal', parts: {} }
});

/** A rule for transactions like one: of its merchant, into its category. */
export const draftLike = (
	{ merchant, categoryId }: { merchant: string; categoryId: string | null },
	currency: string
): RuleDraft => ({
	...newDraft(currency),
	conditions: newGroup('all', [newCondition(currency, { kind: 'merchant', test: 'is', value: merchant })]),
	categoryId
});

export const isGroupDraft = (node: ConditionDraft | GroupDraft): node is GroupDraft =>
	node.kind === 'all' || node.kind === 'any';

export const countDrafts = (node: ConditionDraft | GroupDraft): number =>
	isGroupDraft(node) ? node.of.reduce((sum, one) => sum + countDrafts(one), 0) : 1;

/**
 * What is gone is left out: nobody could see it in the form, and a rule that names it is not taken. A condition that has lost all of
 * its accounts stays, without any: without the condition the rule would fit more than was meant.
 */
export function draftOf(
	{ name, conditions, actions }: Rule,
	{ currency, locale, known }: { currency: string; locale: string; known: Known }
): RuleDraft {
	const { categoryId, merchant = '', note = '' } = actions;
	const split = actions.split && known.groupIds.has(actions.split.groupId) ? actions.split : undefined;
	const drafted = ({ kind, of }: Conditions): GroupDraft =>
		newGroup(
			kind,
			of.map((one) => (isGroup(one) ? drafted(one) : conditionDraft(one, currency, locale, known)))
		);
	return {
		...{ name, merchant, note },
		categoryId: categoryId && known.categories.groupOf(categoryId) ? categoryId : null,
		conditions: drafted(conditions),
		groupId: split?.groupId ?? '',
		...howOf(split, locale)
	};
}

function conditionDraft(
	one: Condition,
	currency: string,
	locale: string,
	{ accountIds }: Known
): ConditionDraft {
	switch (one.kind) {
		case 'account': {
			const left = one.accountIds.filter((id) => accountIds.has(id));
			return newCondition(currency, { kind: 'account', accountIds: left });
		}
		case 'amount': {
			const write = (amount: number | undefined) =>
				amount === undefined ? '' : writeAmount(amount, one.currency, locale);
			return newCondition(one.currency, { kind: 'amount', min: write(one.min), max: write(one.max) });
		}
		case 'date':
			return newCondition(currency, { kind: 'date', from: one.from ?? '', to: one.to ?? '' });
		case 'day':
			return newCondition(currency, {
				kind: 'day',
				...{ firstDay: String(one.from), lastDay: String(one.to) }
			});
		default:
			return newCondition(currency, structuredClone(one));
	}
}

/** Members who are named alone, or with per cent, have as many parts. */
function howOf(split: Actions['split'], locale: string): Pick<RuleDraft, 'how' | 'parts'> {
	const how = split?.split;
	const write = (number: number) => writeDecimal(String(number), locale);
	if (how?.mode === 'shares') {
		return { how: 'shares', parts: textsOf(how.members, ({ shares }) => write(shares)) };
	}
	if (how?.mode === 'percent') {
		return { how: 'shares', parts: textsOf(how.members, ({ percent }) => write(percent)) };
	}
	if (how?.mode === 'equal' && how.members) return { how: 'shares', parts: textsOf(how.members, () => '1') };
	return { how: 'equal', parts: {} };
}

const textsOf = <One extends { memberId: string }>(list: readonly One[], text: (one: One) => string) =>
	Object.fromEntries(list.map((one) => [one.memberId, text(one)]));

/** What is sent; null while something is missing or makes no sense. */
export function readDraft(draft: RuleDraft, locale: string): ReadDraft | null {
	const conditions = readGroup(draft.conditions, locale);
	const actions = readActions(draft, locale);
	if (!conditions || !actions || countDrafts(draft.conditions) > mostConditions) return null;
	return { name: draft.name.trim(), conditions, actions };
}

function readGroup({ kind, of }: GroupDraft, locale: string): Conditions | null {
	const read = of.map((one) => (isGroupDraft(one) ? readGroup(one, locale) : readCondition(one, locale)));
	const all = read.filter((one) => one !== null);
	return all.length === read.length && all.length > 0 ? { kind, of: all } : null;
}

/** The amount of an end that is left open is undefined, that of one that is no amount null. */
const readAmount = (typed: string, currency: string, locale: string): number | undefined | null => {
	if (typed.trim() === '') return undefined;
	const amount = parseAmount(typed, currency, locale);
	return amount === null ? null : Math.abs(amount);
};

export function readCondition(draft: ConditionDraft, locale: string): Condition | null {
	const { kind, test, value, currency, is, accountIds, days } = draft;
	switch (kind) {
		case 'text':
		case 'merchant':
			return value.trim() ? { kind, test, value: value.trim() } : null;
		case 'amount': {
			const [min, max] = [readAmount(draft.min, currency, locale), readAmount(draft.max, currency, locale)];
			if (min === null || max === null || (min === undefined && max === undefined)) return null;
			if (min !== undefined && max !== undefined && min > max) return null;
			return { kind, currency, ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
		}
		case 'money':
			return { kind, is };
		case 'account':
			return accountIds.length > 0 ? { kind, accountIds: [...accountIds] } : null;
		case 'date': {
			const { from, to } = draft;
			if ((!from && !to) || (from && to && from > to)) return null;
			return { kind, ...(from && { from }), ...(to && { to }) };
		}
		case 'day':
			return { kind, from: Number(draft.firstDay), to: Number(draft.lastDay) };
		case 'weekday':
			return days.length > 0 ? { kind, days: [...days].sort((a, b) => a - b) } : null;
	}
}

function readActions(draft: RuleDraft, locale: string): Actions | null {
	const { categoryId, groupId } = draft;
	const [merchant, note] = [draft.merchant.trim(), draft.note.trim()];
	const split = groupId ? readSplit(draft, locale) : undefined;
	if (split === null || !(categoryId || merchant || note || split)) return null;
	return {
		...(categoryId && { categoryId }),
		...(merchant && { merchant }),
		...(note && { note }),
		...(split && { split: { groupId, split } })
	};
}

type Split = NonNullable<Actions['split']>['split'];

function readSplit({ how, parts }: RuleDraft, locale: string): Split | null {
	if (how === 'equal') return { mode: 'equal' };
	const typed = Object.entries(parts).filter(([, part]) => part.trim() !== '');
	const members = typed.map(([memberId, part]) => ({ memberId, shares: readPart(part, locale) }));
	if (members.some(({ shares }) => Number.isNaN(shares))) return null;
	const some = members.filter(({ shares }) => shares > 0);
	return some.length > 0 ? { mode: 'shares', members: some } : null;
}

/** Up to three decimals, as a split takes them. */
function readPart(typed: string, locale: string): number {
	const decimal = parseDecimal(typed, locale, 3);
	const number = decimal === null ? NaN : Number(decimal);
	return number >= 0 && number <= 1_000_000 ? number : NaN;
}
