/** What was changed, field by field, as people read it. */
import type { Payer } from '#lib/groups/parts.ts';
import type { Split } from '#lib/groups/split.ts';
import type { Cadence } from '#lib/groups/schedule.ts';
import { formatAmount, formatDate, formatNumber } from '#lib/i18n.ts';
import { categoryName } from '#lib/category-names.ts';
import { m } from '#lib/paraglide/messages.js';
import { cadenceText } from '../../expense-form/cadence.ts';
import { nameOf, type Group } from '../../names.ts';
import type { Line } from './sentence.ts';

/** `before`: null where there was nothing before. */
export type Change = { field: string; before: string | null; after: string };

/** `currency`: of the amounts in the value. */
type Words = (value: unknown, about: { group: Group; currency: string }) => string;

const text: Words = (value) => (typeof value === 'string' && value !== '' ? value : m.groups_nothing());
const onOff: Words = (value) => (value === true ? m.groups_on() : m.groups_off());

const payers: Words = (value, { group, currency }) =>
	(value as Payer[])
		.map(({ memberId, amount }) => `${nameOf(group, memberId)} ${formatAmount(amount, currency)}`)
		.join(', ');

const split: Words = (value, { group, currency }) => {
	const it = value as Split;
	const list = <T extends { memberId: string }>(members: readonly T[], words: (one: T) => string) =>
		members.map((one) => `${nameOf(group, one.memberId)}${words(one)}`).join(', ');
	const money = (amount: number, sign?: 'always') =>
		` ${formatAmount(amount, currency, sign ? { sign } : {})}`;
	switch (it.mode) {
		case 'equal':
			return m.groups_split_equal({ names: list(it.members, () => '') });
		case 'exact':
			return list(it.members, ({ amount }) => money(amount));
		case 'percent':
			return list(it.members, ({ percent }) => ` ${formatNumber(percent)} %`);
		case 'shares':
			return m.groups_split_shares({ names: list(it.members, ({ shares }) => ` ${formatNumber(shares)}`) });
		case 'adjust':
			return m.groups_split_adjust({
				names: list(it.members, ({ amount }) => (amount === 0 ? '' : money(amount, 'always')))
			});
		case 'items':
			return m.groups_split_items({ count: it.items.length });
	}
};

const conversion: Words = (value, { currency }) => {
	const it = value as { currency: string; rate: string } | null;
	return it ? `1 ${currency} = ${it.rate} ${it.currency}` : m.groups_nothing();
};

const schedule: Words = (value) => {
	const it = value as { cadence: Cadence; lastDate: string | null } | null;
	if (!it) return m.groups_nothing();
	const words = cadenceText(it.cadence);
	return it.lastDate ? m.groups_until({ words, date: formatDate(it.lastDate) }) : words;
};

/** The fields that are told, in this order; the others the sentence tells already. */
const fields: Record<string, { label: () => string; words: Words }> = {
	name: { label: m.groups_name, words: text },
	role: {
		label: m.groups_role,
		words: (value) => (value === 'owner' ? m.groups_owner() : m.groups_member())
	},
	owner: { label: m.groups_owner, words: text },
	simplify: { label: m.groups_simplify, words: onOff },
	description: { label: m.groups_field_description, words: text },
	date: { label: m.groups_field_date, words: (value) => formatDate(value as string) },
	currency: { label: m.groups_currency, words: text },
	amount: {
		label: m.groups_amount,
		words: (value, { currency }) => formatAmount(value as number, currency)
	},
	payers: { label: m.groups_field_payers, words: payers },
	split: { label: m.groups_field_split, words: split },
	conversion: { label: m.groups_field_conversion, words: conversion },
	categoryId: { label: m.groups_field_category, words: (value) => categoryName(value as string | null) },
	notes: { label: m.groups_field_notes, words: text },
	transaction: { label: m.groups_field_transaction, words: onOff },
	schedule: { label: m.groups_field_schedule, words: schedule },
	note: { label: m.groups_settle_note, words: text }
};

const isNothing = (value: unknown) => value === null || value === '';

export function changesOf(group: Group, { changes, summary }: Pick<Line, 'changes' | 'summary'>): Change[] {
	if (!changes) return [];
	const now = summary.currency ?? group.currency;
	const [was] = (changes['currency'] ?? [now]) as [string];
	return Object.entries(fields).flatMap(([field, { label, words }]) => {
		const change = changes[field];
		if (!change) return [];
		const [before, after] = change;
		return [
			{
				field: label(),
				before: isNothing(before) ? null : words(before, { group, currency: was }),
				after: words(after, { group, currency: now })
			}
		];
	});
}
