/** What an expense says in one line: who paid, and what it means to the reader. */
import { formatAmount, getLocale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Expense } from './feed.ts';
import { isMe, youOr, type Group } from './names.ts';

/** "Ben paid 42.00 €", of a refund "Ben got 42.00 € back". */
export function payersText(group: Group, { payers, amount, currency }: Expense): string {
	const money = formatAmount(Math.abs(amount), currency);
	const [one, ...others] = payers;
	const isRefund = amount < 0;
	if (one && others.length === 0) {
		if (isMe(group, one.memberId)) {
			return isRefund ? m.groups_row_you_got({ amount: money }) : m.groups_row_you_paid({ amount: money });
		}
		const name = youOr(group, one.memberId);
		return isRefund ? m.groups_row_got({ name, amount: money }) : m.groups_row_paid({ name, amount: money });
	}
	const names = new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(
		payers.map(({ memberId }) => youOr(group, memberId))
	);
	return isRefund
		? m.groups_row_many_got({ names, amount: money })
		: m.groups_row_many_paid({ names, amount: money });
}

export type MyPart = { words: string; amount: string | null; tone: 'lent' | 'borrowed' | 'none' };

/** "you lent", "you borrowed" and how much. */
export function myPart(group: Group, expense: Expense): MyPart {
	const { mine, settleCurrency, amount } = expense;
	if (!mine || (mine.paid === 0 && mine.share === 0)) {
		return { words: m.groups_row_not_involved(), amount: null, tone: 'none' };
	}
	if (mine.net === 0) return { words: m.groups_row_even(), amount: null, tone: 'none' };
	const money = formatAmount(Math.abs(mine.net), settleCurrency);
	const isRefund = amount < 0;
	if (mine.net > 0) {
		const words = isRefund ? m.groups_row_get() : m.groups_row_lent();
		return { words, amount: money, tone: 'lent' };
	}
	const isPaid = expense.shares.some(({ memberId, paid }) => paid && isMe(group, memberId));
	if (isPaid) return { words: m.groups_row_share_paid(), amount: money, tone: 'none' };
	return { words: isRefund ? m.groups_row_owe() : m.groups_row_borrowed(), amount: money, tone: 'borrowed' };
}
