/** Ben and an admin try Anouschka's ids in every place where an id goes: they learn nothing, and nothing of hers changes. */
import { beforeAll, expect, test } from 'vitest';
import { addMfa } from '../support/access/actors.ts';
import { groupAttempts } from '../support/access/group-attempts.ts';
import {
	everythingOf,
	makeHousehold,
	rentBudget,
	rentRule,
	type Household
} from '../support/access/household.ts';
import { rows } from '../support/access/rows.ts';
import { refusal, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { transactionsOf } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { db } = quits.app;

let hers: Household;
let households: Record<'outsider' | 'admin', Household>;

beforeAll(async () => {
	hers = await makeHousehold(quits, await quits.meet('Anouschka'));
	const ada = await quits.meet('Ada', { role: 'admin' });
	await addMfa(db, ada.id);
	households = {
		outsider: await makeHousehold(quits, await quits.meet('Ben')),
		admin: await makeHousehold(quits, ada)
	};
});

/** How a call is refused. */
const refused = {
	'not found': { code: 'NOT_FOUND', reason: 'not_found', httpStatus: 404 },
	taken: { code: 'CONFLICT', reason: 'id_taken' },
	'no member': { code: 'INVALID', reason: 'unknown_member' },
	'no category': { code: 'INVALID', reason: 'unknown_category' },
	'bad category': { code: 'INVALID', fields: { categoryIds: 'unknown_category' } }
} as const;

/** What a call with somebody else's id may do: be refused as if there were no such thing, or act as if the id were not there. */
type Attempt = {
	call: (api: Api, hers: Household, own: Household) => Promise<unknown>;
	expected: keyof typeof refused | 'nothing';
};

const notFound = (call: Attempt['call']): Attempt => ({ call, expected: 'not found' });
const noCategory = (call: Attempt['call']): Attempt => ({ call, expected: 'no category' });
const badCategory = (call: Attempt['call']): Attempt => ({ call, expected: 'bad category' });
const nothing = (call: Attempt['call']): Attempt => ({ call, expected: 'nothing' });
const taken = (call: Attempt['call']): Attempt => ({ call, expected: 'taken' });

const onGroups = Object.entries(groupAttempts).map(
	([name, list]) =>
		[
			name,
			list.map(({ call, expected }): Attempt => ({
				call: (api, hers, own) => call(api, hers.group, own.group),
				expected
			}))
		] as const
);

const attempts: Record<string, Attempt[]> = {
	...Object.fromEntries(onGroups),
	'auth.sessions.revoke': [notFound((api, { session: id }) => api.auth.sessions.revoke.mutate({ id }))],
	'auth.tokens.revoke': [notFound((api, { token: id }) => api.auth.tokens.revoke.mutate({ id }))],
	'auth.passkeys.rename': [
		notFound((api, { passkey: id }) => api.auth.passkeys.rename.mutate({ id, name: 'Mine now' }))
	],
	'auth.passkeys.remove': [notFound((api, { passkey: id }) => api.auth.passkeys.remove.mutate({ id }))],
	'accounts.create': [
		{
			call: (api, { account: id }) => api.accounts.create.mutate({ id, name: 'Mine', currency: 'EUR' }),
			expected: 'taken'
		}
	],
	'accounts.update': [
		notFound((api, { account: id }) => api.accounts.update.mutate({ id, name: 'Mine now' }))
	],
	'accounts.remove': [notFound((api, { account: id }) => api.accounts.remove.mutate({ id }))],
	'categories.create': [
		taken((api, { ownCategory: id }) => api.categories.create.mutate({ id, name: 'Mine', group: 'travel' }))
	],
	'categories.update': [
		notFound((api, { ownCategory: id }) => api.categories.update.mutate({ id, name: 'Mine now' }))
	],
	'categories.hide': [
		notFound((api, { ownCategory: id }) => api.categories.hide.mutate({ id, hidden: true }))
	],
	'categories.merge': [
		notFound((api, { ownCategory: id }) => api.categories.merge.mutate({ id, into: 'hobbies' })),
		noCategory((api, { ownCategory: into }, { ownCategory: id }) => api.categories.merge.mutate({ id, into }))
	],
	'uploads.list': [
		nothing(async (api, { done }) =>
			(await api.uploads.list.query({ cursor: done })).items.filter((u) => u.id === done)
		)
	],
	'uploads.get': [notFound((api, { done: id }) => api.uploads.get.query({ id }))],
	'uploads.detection': [notFound((api, { waiting: id }) => api.uploads.detection.query({ id }))],
	'uploads.preview': [
		notFound((api, { waiting: id, mapping }) => api.uploads.preview.query({ id, mapping }))
	],
	'uploads.rows': [notFound((api, { done: id }) => api.uploads.rows.query({ id }))],
	'uploads.commit': [
		notFound((api, { waiting: id, mapping }) => api.uploads.commit.mutate({ id, mapping })),
		notFound((api, { account: accountId }, { waiting: id }) => api.uploads.commit.mutate({ id, accountId }))
	],
	'uploads.cancel': [notFound((api, { waiting: id }) => api.uploads.cancel.mutate({ id }))],
	'uploads.undo': [notFound((api, { done: id }) => api.uploads.undo.mutate({ id }))],
	'uploads.importAnyway': [
		notFound((api, { done: id }) => api.uploads.importAnyway.mutate({ id, lines: [2] }))
	],
	'exports.weigh': [
		notFound((api, { group: { groupId } }) => api.exports.weigh.query({ of: `groups/${groupId}` }))
	],
	'exports.create': [
		notFound((api, { group: { groupId } }) => api.exports.create.mutate({ file: `groups/${groupId}.pdf` })),
		noCategory((api, { ownCategory }) =>
			api.exports.create.mutate({ file: 'transactions.csv', query: `categoryId=${ownCategory}` })
		)
	],
	'exports.cancel': [notFound((api, { export: id }) => api.exports.cancel.mutate({ id }))],
	'exports.remove': [notFound((api, { export: id }) => api.exports.remove.mutate({ id }))],
	'rules.create': [
		noCategory((api, { ownCategory: categoryId }) =>
			api.rules.create.mutate({ ...rentRule, actions: { categoryId } })
		),
		taken((api, { rule: id }) => api.rules.create.mutate({ ...rentRule, id })),
		notFound((api, { account }) => {
			const conditions = { kind: 'all' as const, of: [{ kind: 'account' as const, accountIds: [account] }] };
			return api.rules.create.mutate({ ...rentRule, conditions });
		}),
		notFound((api, { group: { groupId } }) =>
			api.rules.create.mutate({ ...rentRule, actions: { split: { groupId, split: { mode: 'equal' } } } })
		)
	],
	'rules.update': [
		notFound((api, { rule: id }) => api.rules.update.mutate({ id, name: 'Mine now' })),
		noCategory((api, { ownCategory: categoryId }, { rule: id }) =>
			api.rules.update.mutate({ id, actions: { categoryId } })
		),
		notFound((api, { group: { groupId } }, { rule: id }) =>
			api.rules.update.mutate({ id, actions: { split: { groupId, split: { mode: 'equal' } } } })
		)
	],
	'rules.remove': [notFound((api, { rule: id }) => api.rules.remove.mutate({ id }))],
	'rules.reorder': [notFound((api, { rule }, own) => api.rules.reorder.mutate({ ids: [own.rule, rule] }))],
	'rules.preview': [notFound((api, { rule: id }) => api.rules.preview.query({ id }))],
	'rules.run': [notFound((api, { rule: id }) => api.rules.run.mutate({ id }))],
	'rules.undo': [notFound((api, { run: runId }) => api.rules.undo.mutate({ runId }))],
	'reports.spending': [
		noCategory((api, { ownCategory: categoryId }) => api.reports.spending.query({ by: 'month', categoryId })),
		nothing(
			async (api, { account: accountId }) =>
				(await api.reports.spending.query({ by: 'merchant', accountId })).currencies
		)
	],
	'transactions.list': [
		noCategory((api, { ownCategory: categoryId }) => api.transactions.list.query({ categoryId })),
		nothing(async (api, { account: accountId }) => (await api.transactions.list.query({ accountId })).items),
		nothing(async (api, { done: uploadId }) => (await api.transactions.list.query({ uploadId })).items),
		nothing(
			async (api, { recurring: recurringId }) => (await api.transactions.list.query({ recurringId })).items
		)
	],
	'transactions.get': [notFound((api, { transaction: id }) => api.transactions.get.query({ id }))],
	'transactions.why': [notFound((api, { transaction: id }) => api.transactions.why.query({ id }))],
	'transactions.update': [
		notFound((api, { transaction: id }) => api.transactions.update.mutate({ id, note: 'hello' }))
	],
	'transactions.setCategory': [
		noCategory((api, { ownCategory: categoryId }, { transaction: id }) =>
			api.transactions.setCategory.mutate({ id, categoryId })
		),
		notFound((api, { transaction: id, categoryId }) =>
			api.transactions.setCategory.mutate({ id, categoryId, applyToSimilar: true })
		)
	],
	'transactions.setCategories': [
		noCategory((api, { ownCategory: categoryId }, { transaction }) =>
			api.transactions.setCategories.mutate({ ids: [transaction], categoryId })
		),
		nothing(async (api, { transaction, categoryId }) => {
			const { changed } = await api.transactions.setCategories.mutate({ ids: [transaction], categoryId });
			return Array<string>(changed);
		})
	],
	'transactions.undo': [
		nothing(async (api, { transaction: id }) => {
			const row = { id, categoryId: 'pets', source: 'model', confidence: 1, review: true } as const;
			const said = { categoryId: 'groceries', rows: [row], apart: [] };
			return Array<string>((await api.transactions.undo.mutate(said)).changed);
		}),
		nothing(async (api, { transaction: outId }, own) => {
			const link = { outId, inId: own.transaction, categoryId: 'investment', byHand: true } as const;
			const said = { categoryId: 'groceries', rows: [], apart: [link] };
			return Array<string>((await api.transactions.undo.mutate(said)).changed);
		})
	],
	'transactions.takeBack': [
		nothing(async (api, { transaction }) => {
			const { changed } = await api.transactions.takeBack.mutate({ ids: [transaction] });
			return Array<string>(changed);
		})
	],
	'transfers.candidates': [notFound((api, { transaction: id }) => api.transfers.candidates.query({ id }))],
	'transfers.mark': [
		notFound((api, { transaction: id }, own) => api.transfers.mark.mutate({ id, otherId: own.transaction })),
		notFound((api, { transaction: otherId }, own) =>
			api.transfers.mark.mutate({ id: own.transaction, otherId })
		)
	],
	'transfers.deny': [notFound((api, { transaction: id }) => api.transfers.deny.mutate({ id }))],
	'review.accept': [
		noCategory((api, { ownCategory: categoryId }, { transaction: id }) =>
			api.review.accept.mutate({ id, categoryId })
		),
		notFound((api, { transaction: id, categoryId }) =>
			api.review.accept.mutate({ id, categoryId, all: true })
		)
	],
	'webhooks.update': [
		notFound((api, { webhook: id }) => api.webhooks.update.mutate({ id, note: 'Mine now' }))
	],
	'webhooks.rotateSecret': [notFound((api, { webhook: id }) => api.webhooks.rotateSecret.mutate({ id }))],
	'webhooks.remove': [notFound((api, { webhook: id }) => api.webhooks.remove.mutate({ id }))],
	'webhooks.test': [notFound((api, { webhook: id }) => api.webhooks.test.mutate({ id }))],
	'webhooks.deliveries': [
		notFound((api, { webhook: endpointId }) => api.webhooks.deliveries.query({ endpointId }))
	],
	'webhooks.redeliver': [notFound((api, { delivery: id }) => api.webhooks.redeliver.mutate({ id }))],
	'recurring.confirm': [notFound((api, { recurring: id }) => api.recurring.confirm.mutate({ id }))],
	'recurring.dismiss': [notFound((api, { recurring: id }) => api.recurring.dismiss.mutate({ id }))],
	'recurring.reconsider': [notFound((api, { recurring: id }) => api.recurring.reconsider.mutate({ id }))],
	'alerts.deliveries': [notFound((api, { alert: alertId }) => api.alerts.deliveries.query({ alertId }))],
	'alerts.redeliver': [notFound((api, { delivery: id }) => api.alerts.redeliver.mutate({ id }))],
	'alerts.list': [
		nothing(async (api, { alert: cursor }) =>
			(await api.alerts.list.query({ cursor })).items.filter(({ id }) => id === cursor)
		),
		nothing(async (api, { budget: budgetId }) => (await api.alerts.list.query({ budgetId })).items)
	],
	'alerts.markRead': [
		nothing(async (api, { alert }) => {
			const before = (await api.alerts.list.query()).unread;
			const { unread } = await api.alerts.markRead.mutate({ ids: [alert] });
			return Array<string>(before - unread);
		})
	],
	'budgets.ofGroup': [notFound((api, { group: { groupId } }) => api.budgets.ofGroup.query({ groupId }))],
	'budgets.get': [
		notFound((api, { budget: id }) => api.budgets.get.query({ id })),
		notFound((api, { group: { budget: id } }) => api.budgets.get.query({ id }))
	],
	'budgets.status': [
		notFound((api, { budget: id }) => api.budgets.status.query({ id })),
		notFound((api, { group: { budget: id } }) => api.budgets.status.query({ id }))
	],
	'budgets.history': [
		notFound((api, { budget: id }) => api.budgets.history.query({ id })),
		notFound((api, { group: { budget: id } }) => api.budgets.history.query({ id }))
	],
	'budgets.suggest': [
		badCategory((api, { ownCategory }) =>
			api.budgets.suggest.query({ categoryIds: [ownCategory], currency: 'EUR', period: 'monthly' })
		),
		notFound((api, { group: { groupId } }) =>
			api.budgets.suggest.query({ groupId, currency: 'EUR', period: 'monthly' })
		)
	],
	'budgets.create': [
		badCategory((api, { ownCategory }) =>
			api.budgets.create.mutate({ ...rentBudget, categoryIds: [ownCategory] })
		),
		notFound((api, { group: { groupId } }) => api.budgets.create.mutate({ ...rentBudget, groupId })),
		taken((api, { budget: id }) => api.budgets.create.mutate({ ...rentBudget, id })),
		taken((api, { budget: id }, { group: { groupId } }) =>
			api.budgets.create.mutate({ ...rentBudget, id, groupId })
		),
		taken((api, { group: { budget: id } }) => api.budgets.create.mutate({ ...rentBudget, id }))
	],
	'budgets.update': [
		badCategory((api, { ownCategory }, { budget: id }) =>
			api.budgets.update.mutate({ id, version: 1, categoryIds: [ownCategory] })
		),
		notFound((api, { budget: id }) => api.budgets.update.mutate({ id, version: 1, name: 'Mine' })),
		notFound((api, { group: { budget: id } }) => api.budgets.update.mutate({ id, version: 1, name: 'Mine' }))
	],
	'budgets.remove': [
		notFound((api, { budget: id }) => api.budgets.remove.mutate({ id })),
		notFound((api, { group: { budget: id } }) => api.budgets.remove.mutate({ id }))
	],
	'budgets.restore': [
		notFound((api, { budget: id }) => api.budgets.restore.mutate({ id })),
		notFound((api, { group: { budget: id } }) => api.budgets.restore.mutate({ id }))
	],
	'notifications.markRead': [
		nothing(async (api, { notification }) => {
			const before = (await api.notifications.list.query()).unread;
			const { unread } = await api.notifications.markRead.mutate({ ids: [notification] });
			return Array<string>(before - unread);
		})
	],
	'notifications.list': [
		nothing(async (api, { notification: cursor }) =>
			(await api.notifications.list.query({ cursor })).items.filter(({ id }) => id === cursor)
		)
	]
};

test('every procedure that names something of a person has its attempts here', () => {
	const naming = Object.entries(rows).filter(([, { namesHers }]) => namesHers);
	expect(Object.keys(attempts).sort()).toEqual(naming.map(([name]) => name).sort());
});

const each = Object.entries(attempts).flatMap(([name, list]) =>
	list.flatMap((attempt, n) =>
		(['outsider', 'admin'] as const).map((who) => ({ name, n: n + 1, who, ...attempt }))
	)
);

test.each(each)(
	'$name ($n) as $who with ids of somebody else: $expected',
	async ({ who, call, expected }) => {
		const own = households[who];
		const before = await everythingOf(quits, hers.person.id);
		if (expected === 'nothing') expect(await call(own.person.api, hers, own)).toEqual([]);
		else {
			expect(await refusal(call(own.person.api, hers, own))).toMatchObject(refused[expected]);
		}
		expect(await everythingOf(quits, hers.person.id)).toEqual(before);
	}
);

test('a statement sent for the account of somebody else is refused', async () => {
	for (const { person } of Object.values(households)) {
		await expect(person.send(statement(bookings(3)), { accountId: hers.account })).rejects.toMatchObject({
			code: 'NOT_FOUND'
		});
	}
});

test('lists hold what is one’s own, and all of it', async () => {
	for (const { person } of [hers, ...Object.values(households)]) {
		const { api } = person;
		const theirs = new Set((await db.account.findMany({ where: { userId: person.id } })).map(({ id }) => id));
		expect((await api.accounts.list.query()).map(({ id }) => id)).toEqual([...theirs]);
		const found = await transactionsOf(person);
		expect(found).toHaveLength(32);
		expect(found.every(({ accountId }) => theirs.has(accountId))).toBe(true);
		expect((await api.recurring.list.query()).every(({ accountId }) => theirs.has(accountId))).toBe(true);
		expect(await api.recurring.due.query({ from: '2026-01-01', to: '2026-01-31' })).toHaveLength(1);
		const all = { from: '2020-01-01', to: '2030-01-01' };
		const { currencies } = await api.reports.spending.query({ ...all, by: 'account' });
		expect(currencies.flatMap(({ rows }) => rows).every(({ key }) => theirs.has(key ?? ''))).toBe(true);
		expect((await api.uploads.list.query()).items).toHaveLength(3);
	}
});
