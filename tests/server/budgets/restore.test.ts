/** A budget that was removed can be brought back as it was. */
import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { mostBudgets } from '#lib/budgets/budget.ts';
import { keepHouse } from '#server/housekeeping.ts';
import type { Prisma } from '#server/db/client.ts';
import { refusal } from '../../support/api.ts';
import { startTestApp } from '../../support/app.ts';
import { makeGroup, type TestGroup } from '../../support/group.ts';

const quits = await startTestApp();
const { app } = quits;
const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
let flat: TestGroup;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben]);
});

const groceries = { name: 'Groceries', categoryIds: ['groceries'], currency: 'EUR', amount: 40_000 };
const make = (more: object = {}) =>
	ana.api.budgets.create.mutate({ ...groceries, period: 'monthly', ...more });
const namesOf = async (who = ana) => (await who.api.budgets.list.query()).map(({ id }) => id);

test('one’s own', async () => {
	const { id } = await make();
	await ana.api.budgets.remove.mutate({ id });
	expect(await namesOf()).not.toContain(id);
	const back = await ana.api.budgets.restore.mutate({ id });
	expect(back).toMatchObject({ ...groceries, version: 3 });
	expect(await namesOf()).toContain(id);
	// Asked for twice it changes nothing more.
	expect(await ana.api.budgets.restore.mutate({ id })).toEqual(back);
	expect(await refusal(ben.api.budgets.restore.mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a group’s, by any member, as a change of the group', async () => {
	const { id } = await make({ groupId: flat.id });
	await ana.api.budgets.remove.mutate({ id });
	const before = await flat.revision();
	await ben.api.budgets.restore.mutate({ id });
	expect(await flat.revision()).toBe(before + 1);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'budget_restored',
		actorId: flat.member('Ben'),
		summary: { title: 'Groceries', amount: 40_000, currency: 'EUR' }
	});
	expect(await namesOf(ben)).toContain(id);
	await ben.api.budgets.restore.mutate({ id });
	expect(await flat.revision()).toBe(before + 1);
});

test('not where there are as many as there can be', async () => {
	const first = await make({ groupId: flat.id });
	await ana.api.budgets.remove.mutate({ id: first.id });
	const { id: _, ...row } = await app.db.budget.findUniqueOrThrow({ where: { id: first.id } });
	const others = Array.from({ length: mostBudgets }, () => ({ ...row, id: v7(), removedAt: null }));
	await app.db.budget.createMany({ data: others as Prisma.BudgetCreateManyInput[] });
	expect(await refusal(ana.api.budgets.restore.mutate({ id: first.id }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'too_many_budgets'
	});
});

test('for 30 days; then it is gone, with its alerts', async () => {
	const day = 86_400_000;
	const [old, fresh] = [(await make()).id, (await make()).id];
	const alert = {
		id: v7(),
		budgetId: old,
		threshold: 80,
		periodStart: '2020-01-01',
		periodEnd: '2020-01-31'
	};
	await app.db.alert.create({ data: { ...alert, percent: 80, spent: 80n, amount: 100n, currency: 'EUR' } });
	for (const [id, days] of [
		[old, 31],
		[fresh, 29]
	] as const) {
		await ana.api.budgets.remove.mutate({ id });
		const removedAt = new Date(Date.now() - days * day);
		await app.db.budget.update({ where: { id }, data: { removedAt } });
	}
	expect(await refusal(ana.api.budgets.restore.mutate({ id: old }))).toMatchObject({ code: 'NOT_FOUND' });
	await keepHouse(app, 'none');
	expect(await app.db.alert.count({ where: { budgetId: old } })).toBe(0);
	expect(await app.db.budget.count({ where: { id: old } })).toBe(0);
	expect(await ana.api.budgets.restore.mutate({ id: fresh })).toMatchObject({ id: fresh });
});

test('made again under the same id it says that it was removed', async () => {
	const { id } = await make();
	await ana.api.budgets.remove.mutate({ id });
	expect(await refusal(make({ id }))).toMatchObject({ code: 'CONFLICT', reason: 'budget_removed' });
	expect(await namesOf()).not.toContain(id);
});
