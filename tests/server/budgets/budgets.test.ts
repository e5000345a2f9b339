/** Making, changing and removing budgets, and who may. */
import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { mostBudgets } from '#lib/budgets/budget.ts';
import type { Scope } from '#lib/scopes.ts';
import { hashToken, newApiToken } from '#server/auth/token.ts';
import { apiOf, refusal, type Api } from '../../support/api.ts';
import { startTestApp } from '../../support/app.ts';
import { groceries } from '../../support/budgets.ts';
import { makeGroup, type TestGroup } from '../../support/group.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const eve = await quits.meet('Eve');

let flat: TestGroup;
beforeEach(async () => {
	await db.budget.deleteMany();
	flat = await makeGroup(app, [ana, ben], { guests: ['Cleo'] });
});

const create = (more: Partial<Parameters<typeof groceries>[0]> = {}, who = ana) =>
	who.api.budgets.create.mutate(groceries(more));
const names = async (api: Api) => (await api.budgets.list.query()).map(({ name }) => name);

test('a plain word is a period, and the rest is as usual', async () => {
	const budget = await create();
	expect(budget).toMatchObject({
		...{ groupId: null, name: 'Groceries', categoryIds: ['groceries'], amount: 10_000, currency: 'EUR' },
		...{ period: { kind: 'monthly', day: 1 }, thresholds: [50, 80, 100], version: 1, timeZone: 'UTC' },
		...{ rollOver: false, ownShare: false, startDate: `${new Date().toISOString().slice(0, 7)}-01` }
	});
	const { status, ...same } = await ana.api.budgets.get.query({ id: budget.id });
	expect(same).toEqual(budget);
	expect(status).toEqual(await ana.api.budgets.status.query({ id: budget.id }));
	expect(await ana.api.budgets.list.query()).toEqual([{ ...budget, status }]);
	expect(await ana.api.budgets.history.query({ id: budget.id })).toHaveLength(12);
	const weekly = await create({ period: { kind: 'weekly', weekStart: 7 }, thresholds: [90, 75, 90] });
	expect(weekly).toMatchObject({ period: { kind: 'weekly', weekStart: 7 }, thresholds: [75, 90] });
});

test('sent again with the same id it is the same budget, and the id is nobody else’s', async () => {
	const id = v7();
	const [first, second] = [await create({ id }), await create({ id, name: 'Other' })];
	expect(second).toEqual(first);
	expect(await names(ana.api)).toEqual(['Groceries']);
	expect(await refusal(create({ id }, ben))).toMatchObject({ code: 'CONFLICT', reason: 'id_taken' });
	expect(await refusal(create({ id, groupId: flat.id }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'id_taken'
	});
	const twice = v7();
	const made = await Promise.all(
		[create({ id: twice }), create({ id: twice })].map((call) => call.catch(() => null))
	);
	expect(made.filter(Boolean).length).toBeGreaterThan(0);
	expect(await names(ana.api)).toEqual(['Groceries', 'Groceries']);
});

test('what does not fit is refused, with the field', async () => {
	for (const [field, wrong] of Object.entries({
		...{ amount: { amount: 0 }, currency: { currency: 'XXQ' }, categoryIds: { categoryIds: ['none'] } },
		...{
			'thresholds.0': { thresholds: [0] },
			name: { name: ' ' },
			ownShare: { ownShare: true, groupId: flat.id }
		}
	})) {
		expect(await refusal(create(wrong))).toMatchObject({
			...{ code: 'INVALID', fields: { [field]: expect.any(String) as string } }
		});
	}
	const { id } = await create({ groupId: flat.id });
	expect(await refusal(ana.api.budgets.update.mutate({ id, version: 1, ownShare: true }))).toMatchObject({
		...{ code: 'INVALID', fields: { ownShare: 'group_budget' } }
	});
});

test('there is no budget over income, but what comes back of spending counts', async () => {
	const refused = { code: 'INVALID', fields: { categoryIds: 'income_category' } };
	expect(await refusal(create({ categoryIds: ['groceries', 'salary'] }))).toMatchObject(refused);
	const { id } = await create({ categoryIds: ['groceries', 'refund'] });
	const change = { id, version: 1, categoryIds: ['salary'] };
	expect(await refusal(ana.api.budgets.update.mutate(change))).toMatchObject(refused);
});

test('a change starts from a version, and what is the same already is none', async () => {
	const { id } = await create();
	const changed = await ana.api.budgets.update.mutate({ id, version: 1, name: 'Food', amount: 20_000 });
	expect(changed).toMatchObject({ name: 'Food', amount: 20_000, version: 2, thresholds: [50, 80, 100] });
	expect(await refusal(ana.api.budgets.update.mutate({ id, version: 1, name: 'Meals' }))).toMatchObject({
		...{ code: 'CONFLICT', reason: 'budget_changed', current: { id, name: 'Food', version: 2 } }
	});
	// Sent again, because the answer got lost.
	expect(await ana.api.budgets.update.mutate({ id, version: 1, name: 'Food', amount: 20_000 })).toEqual(
		changed
	);
	expect(await ana.api.budgets.update.mutate({ id, version: 2 })).toEqual(changed);
});

test('a removed budget is gone, and removing it again changes nothing', async () => {
	const { id } = await create();
	await ana.api.budgets.remove.mutate({ id });
	await ana.api.budgets.remove.mutate({ id });
	expect(await names(ana.api)).toEqual([]);
	for (const call of [
		() => ana.api.budgets.get.query({ id }),
		() => ana.api.budgets.status.query({ id }),
		() => ana.api.budgets.history.query({ id }),
		() => ana.api.budgets.update.mutate({ id, version: 1, name: 'Food' })
	]) {
		expect(await refusal(call())).toMatchObject({ code: 'NOT_FOUND' });
	}
});

test('a group’s budget is every member’s to see and to change, and all hear of it', async () => {
	const { id } = await create({ groupId: flat.id, name: 'Eating' });
	expect(await flat.lastChange()).toMatchObject({
		...{ kind: 'budget_added', actorId: flat.member('Ana') },
		summary: { title: 'Eating', amount: 10_000, currency: 'EUR' }
	});
	const heard = await ben.live.until('group:changed', ({ subjectId }) => subjectId === id);
	expect(heard).toMatchObject({ groupId: flat.id, kind: 'budget_added' });
	expect(await names(ben.api)).toEqual(['Eating']);
	expect((await ben.api.budgets.ofGroup.query({ groupId: flat.id })).map((one) => one.id)).toEqual([id]);
	await ben.api.budgets.update.mutate({ id, version: 1, amount: 30_000, thresholds: [90] });
	expect(await flat.lastChange()).toMatchObject({
		...{ kind: 'budget_changed', actorId: flat.member('Ben') },
		changes: { amount: [10_000, 30_000], thresholds: [[50, 80, 100], [90]] }
	});
	const revision = await flat.revision();
	await ben.api.budgets.update.mutate({ id, version: 2, amount: 30_000 });
	expect(await flat.revision()).toBe(revision);
	await ben.api.budgets.remove.mutate({ id });
	expect(await flat.lastChange()).toMatchObject({ kind: 'budget_removed', summary: { title: 'Eating' } });
	expect(await names(ana.api)).toEqual([]);
});

test('who is not in the group, or not any more, has none of its budgets', async () => {
	const { id } = await create({ groupId: flat.id });
	expect(await refusal(create({ groupId: flat.id }, eve))).toMatchObject({ code: 'NOT_FOUND' });
	await ana.api.members.remove.mutate({ groupId: flat.id, memberId: flat.member('Ben') });
	for (const { api } of [ben, eve]) {
		expect(await names(api)).toEqual([]);
		for (const call of [
			() => api.budgets.get.query({ id }),
			() => api.budgets.update.mutate({ id, version: 1, name: 'Mine' }),
			() => api.budgets.remove.mutate({ id }),
			() => api.budgets.restore.mutate({ id }),
			() => api.budgets.ofGroup.query({ groupId: flat.id })
		]) {
			expect(await refusal(call())).toMatchObject({ code: 'NOT_FOUND' });
		}
	}
	expect(await names(ana.api)).toEqual(['Groceries']);
});

test('in an archived group nothing changes', async () => {
	const { id } = await create({ groupId: flat.id });
	await ana.api.groups.archive.mutate({ groupId: flat.id, archived: true });
	const archived = { code: 'CONFLICT', reason: 'group_archived' };
	expect(await refusal(create({ groupId: flat.id }))).toMatchObject(archived);
	expect(await refusal(ana.api.budgets.update.mutate({ id, version: 1, name: 'Food' }))).toMatchObject(
		archived
	);
	expect(await refusal(ana.api.budgets.remove.mutate({ id }))).toMatchObject(archived);
	expect(await names(ana.api)).toEqual(['Groceries']);
});

test('a group that is deleted takes its budgets with it', async () => {
	const { id } = await create({ groupId: flat.id });
	await db.group.delete({ where: { id: flat.id } });
	expect(await db.budget.count({ where: { id } })).toBe(0);
});

test('a token needs the scope of whose money it is', async () => {
	const own = await create();
	const shared = await create({ groupId: flat.id });
	const withScope = async (scope: Scope): Promise<Api> => {
		const token = newApiToken();
		await db.apiToken.create({
			data: {
				id: v7(),
				userId: ana.id,
				name: scope,
				scopes: scope,
				tokenHash: hashToken(token),
				hint: 'none'
			}
		});
		return apiOf(app, { token });
	};
	const outcome = async (call: Promise<unknown>): Promise<string> =>
		call.then(
			() => 'ok',
			(error: { data: { reason: string } }) => error.data.reason
		);
	const tries = async (scope: Scope) => {
		const api = await withScope(scope);
		const results = [];
		for (const { id, groupId } of [own, shared]) {
			results.push(await outcome(api.budgets.status.query({ id })));
			results.push(await outcome(api.budgets.suggest.query({ groupId, currency: 'EUR', period: 'weekly' })));
			results.push(await outcome(api.budgets.update.mutate({ id, version: 1 })));
			results.push(await outcome(api.budgets.create.mutate(groceries({ id, groupId }))));
		}
		return results.map((result) => (result === 'ok' ? 1 : result === 'scope' ? 0 : result)).join('');
	};
	// Reading and suggesting, changing and making: first one's own, then the group's.
	expect(await tries('read')).toBe('11001100');
	expect(await tries('write')).toBe('00110000');
	expect(await tries('groups')).toBe('00001111');
	expect(await tries('import')).toBe('00000000');
});

test('there is an end to how many there can be', async () => {
	const amounts = [{ from: '2026-01-01', amount: 1 }];
	const period = { kind: 'monthly', day: 1 };
	await db.budget.createMany({
		data: Array.from({ length: mostBudgets - 1 }, (_, n) => ({
			...{ id: v7(), userId: ana.id, name: `Budget ${n}`, currency: 'EUR', startDate: '2026-01-01' },
			...{ categoryIds: [], thresholds: [], amounts, period }
		}))
	});
	const last = await create();
	expect(await refusal(create())).toMatchObject({ code: 'CONFLICT', reason: 'too_many_budgets' });
	await ana.api.budgets.remove.mutate({ id: last.id });
	await create();
	await create({ groupId: flat.id });
});
