import { groupOf } from '#lib/categories.ts';
import type { Seed } from '#lib/groups/apportion.ts';
import type { ExpenseFields } from '#lib/groups/expense.ts';
import { involved } from '#lib/groups/members-of.ts';
import { partsOf, type Part, type Payer } from '#lib/groups/parts.ts';
import type { Split, SplitInput } from '#lib/groups/split.ts';
import type { Member, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { amountProblem } from './problem.ts';

export type Reckoned = {
	payers: Payer[];
	split: Split;
	settleCurrency: string;
	settleAmount: number;
	rate: string | null;
	parts: Part[];
};

type Money = Pick<ExpenseFields, 'currency' | 'amount' | 'payers' | 'split' | 'conversion'>;
type About = {
	/** Decides whose turn the odd unit is. */
	seed: Seed;
	/** Members who are in the expense already: they may stay in it after they have left the group. */
	known?: readonly string[];
	locale: string;
};

/**
 * Works an expense out for the members of a group as they are now. Errors: INVALID, with the reason and by how much it is off
 * (`unknown_member`, `member_removed`, and those of {@link amountProblem}).
 */
export async function reckon(
	tx: Tx,
	groupId: string,
	{ currency, amount, payers, split, conversion }: Money,
	{ seed, known = [], locale }: About
): Promise<Reckoned> {
	const members = await tx.member.findMany({ where: { groupId }, orderBy: { id: 'asc' } });
	checkMembers(members, involved(payers, split), known);
	const named = naming(split, members);
	const parts = partsOf({ currency, amount, payers, split: named, conversion }, seed);
	if (!parts.ok) {
		const nameOf = (memberId: string): string => members.find((one) => one.id === memberId)?.name ?? '';
		throw amountProblem(parts.problem, { currency, locale, nameOf });
	}
	const { settleCurrency, settleAmount } = parts;
	const rate = conversion && settleCurrency !== currency ? conversion.rate : null;
	return { payers, split: named, settleCurrency, settleAmount, rate, parts: parts.parts };
}

/** A split without names is among everybody who is in the group now. */
function naming(split: SplitInput, members: readonly Member[]): Split {
	if (split.mode !== 'equal') return split;
	const everybody = members.filter(({ removedAt }) => removedAt === null);
	return { mode: 'equal', members: split.members ?? everybody.map(({ id }) => ({ memberId: id })) };
}

function checkMembers(members: readonly Member[], ids: readonly string[], known: readonly string[]): void {
	for (const id of ids) {
		const member = members.find((one) => one.id === id);
		if (!member) throw new DomainError('INVALID', 'unknown_member');
		if (member.removedAt !== null && !known.includes(id)) {
			throw new DomainError('INVALID', 'member_removed', { params: { name: member.name } });
		}
	}
}

/** Errors: INVALID (`unknown_category`). */
export function checkCategory(categoryId: string | null | undefined): void {
	if (categoryId && !groupOf(categoryId)) {
		throw new DomainError('INVALID', 'unknown_category', { params: { category: categoryId } });
	}
}

/** An expense's money as columns. */
export const moneyColumns = ({ payers, split, settleCurrency, settleAmount, rate }: Reckoned) => ({
	payers,
	split,
	settleCurrency,
	settleAmount,
	rate
});

/** Its parts as rows. */
export const partRows = (expenseId: string, groupId: string, { settleCurrency, parts }: Reckoned) =>
	parts.map((part) => ({ ...part, expenseId, groupId, currency: settleCurrency }));
