import { describe, expect, it } from 'vitest';
import { builtIn, CategoryBook } from '#lib/category-book.ts';
import { draftOf, isGroupDraft, readDraft, type Known } from '#lib/rules/draft.ts';
import type { Actions, Conditions } from '#lib/rules/rule.ts';

const known: Known = {
	accountIds: new Set(['giro', 'card']),
	groupIds: new Set(['flat']),
	categories: new CategoryBook([{ id: 'bees', name: 'Bees', group: 'entertainment' }])
};
const context = { currency: 'EUR', locale: 'en', known };
const rewe = { kind: 'text', test: 'contains', value: 'rewe' } as const;
const rule = (conditions: Conditions, actions: Actions) => ({ name: 'Mine', conditions, actions });

describe('a rule in its form', () => {
	it('is sent as it was when nothing is changed and all it names is there', () => {
		const mine = rule(
			{
				kind: 'all',
				of: [
					rewe,
					{
						kind: 'any',
						of: [
							{ kind: 'account', accountIds: ['giro', 'card'] },
							{ kind: 'amount', currency: 'EUR', min: 1250 }
						]
					}
				]
			},
			{ categoryId: 'bees', note: 'honey', split: { groupId: 'flat', split: { mode: 'equal' } } }
		);
		expect(readDraft(draftOf(mine, context), 'en')).toEqual(mine);
	});

	it('leaves out what is gone, so that nothing unseen keeps it from being saved', () => {
		const mine = rule(
			{ kind: 'all', of: [rewe, { kind: 'account', accountIds: ['giro', 'closed'] }] },
			{
				...{ categoryId: 'merged', merchant: 'REWE' },
				split: { groupId: 'left', split: { mode: 'shares', members: [{ memberId: 'ana', shares: 2 }] } }
			}
		);
		const draft = draftOf(mine, context);
		expect(draft).toMatchObject({ categoryId: null, groupId: '', how: 'equal', parts: {} });
		expect(readDraft(draft, 'en')).toEqual(
			rule({ kind: 'all', of: [rewe, { kind: 'account', accountIds: ['giro'] }] }, { merchant: 'REWE' })
		);
	});

	it('keeps a condition whose accounts are all gone, to be filled in: without it more would fit', () => {
		const nested: Conditions = { kind: 'any', of: [{ kind: 'account', accountIds: ['closed'] }] };
		const draft = draftOf(rule({ kind: 'all', of: [rewe, nested] }, { categoryId: 'groceries' }), context);
		const [, group] = draft.conditions.of;
		expect(group && isGroupDraft(group) && group.of).toMatchObject([{ kind: 'account', accountIds: [] }]);
		expect(readDraft(draft, 'en')).toBeNull();
	});

	it('lacks an action when all that it did is gone', () => {
		const split = { groupId: 'left', split: { mode: 'equal' } } as const;
		expect(readDraft(draftOf(rule({ kind: 'all', of: [rewe] }, { split }), context), 'en')).toBeNull();
		const own = { ...context, known: { ...known, categories: builtIn } };
		expect(
			readDraft(draftOf(rule({ kind: 'all', of: [rewe] }, { categoryId: 'bees' }), own), 'en')
		).toBeNull();
	});
});
