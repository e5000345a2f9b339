import { v7 } from 'uuid';
import { z } from 'zod';
import { actionsSchema, conditionsSchema, type Rule } from '#lib/rules/rule.ts';
import { id, text } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { parsed, rulesOf } from './find.ts';
import { cursorOf, scan, type Change } from './scan.ts';

export const previewQuery = z.object({
	/** One rule, at its place among the others; without it all that are turned on. */
	id: id.optional(),
	/** That rule as it would be; without an id, a new one after the others. */
	draft: z.object({ conditions: conditionsSchema, actions: actionsSchema }).optional(),
	/** Also where the person has chosen themselves. */
	overOwn: z.boolean().default(false),
	cursor: text(100).optional(),
	limit: z.number().int().min(1).max(100).default(20)
});

type FromTo<Value> = { from: Value; to: Value };

/** A transaction that would change, with each thing that would, before and after. Amounts in minor units, outflow negative. */
export type RulePreviewItem = {
	id: string;
	date: string;
	amount: number;
	currency: string;
	description: string;
	merchant: string;
	changes: {
		categoryId?: FromTo<string | null>;
		merchant?: FromTo<string>;
		note?: FromTo<string>;
		/** The group that it becomes an expense of. */
		split?: { groupId: string };
	};
};

export type RulePreview = {
	/** How many transactions would change, of all. */
	count: number;
	/** How many of them would become an expense of a group. */
	splits: number;
	items: RulePreviewItem[];
	nextCursor: string | null;
};

/** What rules would change of the transactions that are there. Errors: NOT_FOUND, INVALID (`bad_cursor`). */
export async function previewRules(
	db: Db,
	userId: string,
	{ cursor, limit, overOwn, ...which }: z.output<typeof previewQuery>
): Promise<RulePreview> {
	const chosen = await choose(db, userId, which);
	const preview: RulePreview = { count: 0, splits: 0, items: [], nextCursor: null };
	let last: string | undefined;
	for await (const change of scan(db, userId, { ...chosen, overOwn })) {
		preview.count++;
		if (change.split) preview.splits++;
		const at = cursorOf(change.row);
		if (cursor !== undefined && at >= cursor) continue;
		if (preview.items.length < limit) {
			preview.items.push(itemOf(change));
			last = at;
		} else preview.nextCursor = last ?? null;
	}
	return preview;
}

export type Which = {
	id?: string | undefined;
	draft?: Omit<Rule, 'id'> | undefined;
};

/** The rules to ask, and the one whose word counts. One that is named is asked also when it is turned off. */
export async function choose(
	db: Db,
	userId: string,
	{ id, draft }: Which
): Promise<{ rules: Rule[]; only?: string }> {
	const stored = await rulesOf(db, userId);
	if (id !== undefined && !stored.some((rule) => rule.id === id)) throw notFound();
	const rules = stored
		.filter((rule) => rule.enabled || rule.id === id)
		.map((rule) => ({ ...parsed(rule), ...(rule.id === id && draft) }));
	if (id !== undefined) return { rules, only: id };
	if (!draft) return { rules };
	const only = v7();
	return { rules: [...rules, { id: only, ...draft }], only };
}

function itemOf({ row, before, after, split }: Change): RulePreviewItem {
	const { id, date, amount, currency, description, merchant } = row;
	return {
		...{ id, date, amount: Number(amount), currency, description, merchant },
		changes: {
			...(after &&
				(after.categoryId !== before.categoryId || after.source !== before.source) && {
					categoryId: { from: before.categoryId, to: after.categoryId }
				}),
			...(after &&
				after.merchant !== before.merchant && { merchant: { from: before.merchant, to: after.merchant } }),
			...(after && after.note !== before.note && { note: { from: before.note, to: after.note } }),
			...(split && { split: { groupId: split.groupId } })
		}
	};
}
