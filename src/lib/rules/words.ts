/** Rules in words. */
import { formatAmount, formatDate, formatWeekday } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { isGroup } from './conditions.ts';
import type { Condition, Conditions } from './rule.ts';

export type Names = {
	/** What an account is called; undefined for one that is gone. */
	account: (id: string) => string | undefined;
};

type Node = Condition | Conditions;

/** "the text contains “rewe” and money goes out"; groups within stand in brackets. */
export function conditionsText(node: Node, names: Names): string {
	if (!isGroup(node)) return conditionText(node, names);
	const join = node.kind === 'all' ? m.rules_and : m.rules_or;
	return node.of
		.map((one) => {
			const text = conditionsText(one, names);
			const isNested = isGroup(one) && one.of.length > 1 && node.of.length > 1;
			return isNested ? m.rules_nested({ conditions: text }) : text;
		})
		.reduce((one, other) => join({ one, other }));
}

/** What a rule is called: its name, or its conditions. */
export const ruleName = (
	{ name, conditions }: { name: string; conditions: Conditions },
	names: Names
): string => name || m.rules_when({ conditions: conditionsText(conditions, names) });

const textWords = {
	contains: m.rules_text_contains,
	starts: m.rules_text_starts,
	is: m.rules_text_is,
	like: m.rules_text_like
};
const merchantWords = {
	contains: m.rules_merchant_contains,
	starts: m.rules_merchant_starts,
	is: m.rules_merchant_is,
	like: m.rules_merchant_like
};

function conditionText(one: Condition, names: Names): string {
	switch (one.kind) {
		case 'text':
			return textWords[one.test](one);
		case 'merchant':
			return merchantWords[one.test](one);
		case 'amount':
			return amountText(one);
		case 'money':
			return one.is === 'in' ? m.rules_money_in() : m.rules_money_out();
		case 'account': {
			const accounts = one.accountIds.map((id) => names.account(id) ?? m.rules_account_gone());
			return m.rules_account_is({
				accounts: accounts.reduce((one, other) => m.rules_or({ one, other }))
			});
		}
		case 'date':
			return dateText(one);
		case 'day':
			return one.from === one.to ? m.rules_day_is({ day: one.from }) : m.rules_day_between(one);
		case 'weekday': {
			const days = one.days.map((day) => formatWeekday(day));
			return m.rules_weekday_is({ days: days.reduce((one, other) => m.rules_or({ one, other })) });
		}
	}
}

function amountText({ currency, min, max }: Extract<Condition, { kind: 'amount' }>): string {
	const money = (amount: number) => formatAmount(amount, currency);
	if (max === undefined) return m.rules_amount_from({ amount: money(min ?? 0) });
	if (min === undefined) return m.rules_amount_to({ amount: money(max) });
	if (min === max) return m.rules_amount_is({ amount: money(min) });
	return m.rules_amount_between({ from: money(min), to: money(max) });
}

function dateText({ from, to }: Extract<Condition, { kind: 'date' }>): string {
	if (from && to) return m.rules_date_between({ from: formatDate(from), to: formatDate(to) });
	return from ? m.rules_date_from({ date: formatDate(from) }) : m.rules_date_to({ date: formatDate(to!) });
}
