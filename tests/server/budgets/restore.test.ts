/** A budget that was removed can be brought back as it was. */
import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { mostBudgets } from '#lib/budgets/budget.ts';
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
