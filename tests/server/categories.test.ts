/** Categories of people's own: made, renamed, moved, hidden and merged away, with all that names them, and nobody else's business. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { mostOwnCategories } from '#lib/categories.ts';
import { trainingSources } from '#server/models/sources.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { book, makeBudget, noonOf, statusOn } from '../support/budgets.ts';
import { exported } from '../support/exports.ts';
import { makeGroup } from '../support/group.ts';
import { ended, importStatement, rowsOf, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
quits.expectErrors(); // an import that is overtaken by a merge fails once, and is logged

const visits = (text: string, count: number, amount = -1000): Booking[] =>
	Array.from({ length: count }, (_, n) => ({
		date: `2026-02-${String((n % 28) + 1).padStart(2, '0')}`,
		text,
		amount: amount - n
	}));

const make = async (
	{ api }: Person,
	name: string,
	group: 'travel' | 'food_drink' | 'transfers' | 'income' = 'travel'
) => (await api.categories.create.mutate({ name, group })).id;

/** Where a person's transactions with a word are. */
const placesOf = async (person: Person, q: string) =>
	(await transactionsOf(person, { q })).map(({ categoryId, source }) => `${categoryId} ${source}`);

const all = <Value>(count: number, value: Value): Value[] => Array<Value>(count).fill(value);

test('one that is made stands behind the built-in ones of its group, is renamed, moved and hidden', async () => {
	const ana = await quits.meet('Ana', { locale: 'de' });
	const { categories } = ana.api;
	const input = { id: v7(), name: '  Klassen\u200Bfahrten ', group: 'travel' as const };
	const heard = ana.live.until('categories:changed', () => true);
	expect(await categories.create.mutate(input)).toEqual({ ...input, name: 'Klassenfahrten' });
	await heard;
	expect(await categories.create.mutate(input)).toEqual({ ...input, name: 'Klassenfahrten' });
	await make(ana, 'Ausflüge');
	const travel = async () => (await categories.list.query()).filter(({ group }) => group === 'travel');
	expect((await travel()).slice(-3)).toMatchObject([
		{ id: 'holiday', own: false, hidden: false },
		{ name: 'Ausflüge', own: true },
		{ id: input.id, name: 'Klassenfahrten', group: 'travel', parent: 'Reisen', own: true, hidden: false }
	]);
	expect((await categories.usage.query({ month: '2026-02' })).map(({ id }) => id)).toEqual(
		(await categories.list.query()).map(({ id }) => id)
	);

	for (const id of [input.id, 'holiday']) await categories.hide.mutate({ id, hidden: true });
	await categories.hide.mutate({ id: 'holiday', hidden: true });
	expect((await travel()).filter(({ hidden }) => hidden).map(({ id }) => id)).toEqual(['holiday', input.id]);
	await categories.hide.mutate({ id: 'holiday', hidden: false });
	expect((await travel()).filter(({ hidden }) => hidden).map(({ id }) => id)).toEqual([input.id]);

	await categories.update.mutate({ id: input.id, name: 'Schule', group: 'general_services' });
	expect((await categories.list.query()).find(({ id }) => id === input.id)).toMatchObject({
		...{ name: 'Schule', group: 'general_services', hidden: true }
	});
	// Its own name in other letters is no other's.
	await categories.update.mutate({ id: input.id, name: 'SCHULE' });
});

test('a name is given once, whatever its case, and there is a limit', async () => {
	const ana = await quits.meet('Ana');
	const { create, update, hide } = ana.api.categories;
	const id = await make(ana, 'School trips');
	const taken = { code: 'CONFLICT', fields: { name: 'category_name_taken' } };
	for (const name of ['SCHOOL  TRIPS', 'Ｓchool trips']) {
		expect(await refusal(create.mutate({ name, group: 'travel' }))).toMatchObject(taken);
	}
	// What Quits itself has: a category, a group, and both in the other language.
	for (const name of ['groceries', 'Food & drink', 'Lebensmittel', 'reisen']) {
		expect(await refusal(create.mutate({ name, group: 'travel' }))).toMatchObject({
			...{ code: 'CONFLICT', fields: { name: 'category_name_built_in' } }
		});
	}
	const other = await make(ana, 'Kites');
	expect(await refusal(update.mutate({ id: other, name: 'school trips' }))).toMatchObject(taken);
	expect(await refusal(create.mutate({ name: '\u200B', group: 'travel' }))).toMatchObject({
		...{ code: 'INVALID', fields: { name: expect.any(String) as string } }
	});
	for (const of of ['groceries', v7()]) {
		expect(await refusal(update.mutate({ id: of as string, name: 'Mine' }))).toMatchObject({
			code: of === 'groceries' ? 'INVALID' : 'NOT_FOUND'
		});
	}
	expect(await refusal(hide.mutate({ id: 'nothing', hidden: true }))).toMatchObject({ code: 'NOT_FOUND' });
	// Somebody else's names are no concern.
	await make(await quits.meet('Ben'), 'School trips');
	const twice = await Promise.all(
		['Boats', 'boats'].map((name) => create.mutate({ name, group: 'travel' }).catch(() => null))
	);
	expect(twice.filter(Boolean)).toHaveLength(1);

	await db.category.createMany({
		data: Array.from({ length: mostOwnCategories - 3 }, (_, n) => ({
			...{ id: v7(), group: 'travel', sort: 0, userId: ana.id, name: `n ${n}`, nameKey: `n ${n}` }
		}))
	});
	expect(await refusal(create.mutate({ name: 'One more', group: 'travel' }))).toMatchObject({
		...{ code: 'CONFLICT', reason: 'too_many_categories', params: { most: mostOwnCategories } }
	});
	expect(await create.mutate({ id, name: 'School trips', group: 'travel' })).toMatchObject({ id });
});

test('what is put into one of their own is learned, shown, found, exported and explained', async () => {
	const ana = await quits.meet('Ana');
	const { transactions, review, rules } = ana.api;
	const trips = await make(ana, 'School trips');
	await importStatement(ana, statement(visits('Zebra Lounge', 3)));
	const [zebra] = await transactionsOf(ana, { q: 'zebra' });
	const set = await transactions.setCategory.mutate({
		id: zebra!.id,
		categoryId: trips,
		applyToSimilar: true
	});
	expect(set.changed).toBe(3);
	expect(await placesOf(ana, 'zebra')).toEqual(all(3, `${trips} user`));

	// The next ones of the merchant, in another form.
	await importStatement(ana, statement(visits('SQ *ZEBRA LOUNGE OAKLAND', 4, -2000)));
	expect(await placesOf(ana, 'oakland')).toEqual(all(4, `${trips} model`));
	const [next] = await transactionsOf(ana, { q: 'oakland' });
	expect(next).toMatchObject({ category: { name: 'School trips', parent: 'Travel' }, review: false });
	expect(await transactions.get.query({ id: next!.id })).toMatchObject({
		category: { name: 'School trips', parent: 'Travel' }
	});
	expect(await transactions.why.query({ id: next!.id })).toMatchObject({
		...{ category: trips, source: 'model', own: { name: 'zebra lounge', times: 3 } }
	});
	await transactions.setCategory.mutate({ id: next!.id, categoryId: 'pets' });
	const { guesses } = await transactions.takeBack.mutate({ ids: [next!.id] });
	expect(guesses).toMatchObject([{ categoryId: trips, source: 'model' }]);

	expect(await transactionsOf(ana, { categoryId: trips })).toHaveLength(7);
	expect(await transactionsOf(ana, { categoryId: 'travel' })).toHaveLength(7);
	expect(await transactionsOf(ana, { categoryId: `pets,${trips}` })).toHaveLength(7);
	const asked = { locale: 'de', query: { categoryId: trips } };
	const csv = await exported(db, ana, 'transactions.csv', asked);
	expect(csv.toString().match(new RegExp(`,${trips},School trips,Reisen,`, 'g'))).toHaveLength(7);
	const usage = await ana.api.categories.usage.query({ month: '2026-02' });
	expect(usage.find(({ id }) => id === trips)).toMatchObject({ count: 7, rules: 0 });

	// What waits for a look, with their own category as the first guess; accepted, it is learned too.
	await db.transaction.updateMany({ where: { id: next!.id }, data: { review: true, categoryId: 'pets' } });
	expect((await review.list.query()).items).toMatchObject([{ categoryId: trips, learned: true }]);
	await review.accept.mutate({ id: next!.id, categoryId: trips });
	expect(await transactions.get.query({ id: next!.id })).toMatchObject({ categoryId: trips, source: 'user' });

	// A rule's.
	await rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'quokka' }] },
		actions: { categoryId: trips }
	});
	await importStatement(ana, statement(visits('Quokka Store', 2)));
	expect(await placesOf(ana, 'quokka')).toEqual(all(2, `${trips} rule`));
});

test('it counts where its group does: in budgets, sums and what is no spending', async () => {
	const ana = await quits.meet('Ana');
	const { categories, budgets, transactions } = ana.api;
	const june = noonOf('2026-06-10');
	const [day, food] = [
		'2026-06-02',
		['groceries', 'restaurants', 'coffee', 'fast_food', 'delivery', 'alcohol_bars', 'bakery']
	];
	const whole = await makeBudget(app, ana, { name: 'Food', categoryIds: food }, june);
	const single = await makeBudget(app, ana, { name: 'Coffee', categoryIds: ['coffee'] }, june);
	const everything = await makeBudget(app, ana, { name: 'All', categoryIds: [] }, june);
	const snacks = await make(ana, 'Snacks', 'food_drink');
	const idsOf = async (id: string) => (await budgets.get.query({ id })).categoryIds;
	expect(await idsOf(whole.id)).toEqual([...food, snacks]);
	expect(await idsOf(single.id)).toEqual(['coffee']);
	await book(app, ana, [
		{ date: day, amount: -1000, categoryId: 'groceries' },
		{ date: day, amount: -200, categoryId: snacks }
	]);
	const spent = async (id: string) => (await statusOn(app, ana, id, june)).spent;
	expect(await spent(whole.id)).toBe(1200);
	expect(await spent(everything.id)).toBe(1200);
	const own = await makeBudget(app, ana, { name: 'Snacks', categoryIds: [snacks] }, june);
	expect(await spent(own.id)).toBe(200);
	const total = async () => (await transactions.summary.query({ month: '2026-06' }))!.totals[0]!.spent;
	expect(await total()).toBe(-1200);

	// Moved among transfers it is no spending, but a budget of its own still says what it came to.
	const heard = ana.live.until('transactions:changed', () => true);
	await categories.update.mutate({ id: snacks, group: 'transfers' });
	await heard;
	expect(await idsOf(whole.id)).toEqual(food);
	expect(await spent(whole.id)).toBe(1000);
	expect(await spent(everything.id)).toBe(1000);
	expect(await spent(own.id)).toBe(200);
	expect(await total()).toBe(-1000);

	const inBudget = { code: 'CONFLICT', reason: 'category_in_budget', params: { budget: 'Snacks' } };
	const income = { id: snacks, group: 'income' as const };
	expect(await refusal(categories.update.mutate(income))).toMatchObject(inBudget);
	expect(await refusal(categories.merge.mutate({ id: snacks, into: 'salary' }))).toMatchObject(inBudget);
	await budgets.remove.mutate({ id: own.id });
	await categories.update.mutate(income);
	const over = {
		name: 'Mine',
		categoryIds: [snacks],
		currency: 'EUR',
		amount: 1000,
		period: 'monthly' as const
	};
	expect(await refusal(budgets.create.mutate(over))).toMatchObject({
		...{ code: 'INVALID', fields: { categoryIds: 'income_category' } }
	});
});

test('merged away, all that named it names the other one', async () => {
	const ana = await quits.meet('Ana');
	const { categories, transactions, rules, uploads, budgets } = ana.api;
	const [trips, kites] = [await make(ana, 'School trips'), await make(ana, 'Kites')];
	const zebras = visits('Zebra Lounge', 3);
	await importStatement(ana, statement(zebras));
	await importStatement(ana, statement(visits('Quokka Store', 2)));
	const idsOf = async (q: string) => (await transactionsOf(ana, { q })).map(({ id }) => id);
	const zebra = await idsOf('zebra');
	await transactions.setCategories.mutate({ ids: zebra.slice(0, 2), categoryId: trips });
	await transactions.setCategories.mutate({ ids: zebra.slice(2), categoryId: kites });
	const again = await importStatement(
		ana,
		statement(zebras.map((one) => ({ ...one, text: 'zebra  lounge' })))
	);
	expect(again).toMatchObject({ duplicates: 3 });
	const rule = await rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'quokka' }] },
		actions: { categoryId: trips, note: 'Tickets' }
	});
	// One that puts them there, and one that takes them from there.
	const there = await rules.run.mutate({ id: rule.id });
	await rules.update.mutate({ id: rule.id, actions: { categoryId: 'pets' } });
	const away = await rules.run.mutate({ id: rule.id });
	await rules.update.mutate({ id: rule.id, actions: { categoryId: trips, note: 'Tickets' } });
	expect([there.changed, away.changed]).toEqual([2, 2]);
	const june = noonOf('2026-06-10');
	const mine = await makeBudget(app, ana, { categoryIds: ['flights', trips] }, june);
	const both = await makeBudget(app, ana, { categoryIds: [trips, kites] }, june);
	const gone = await makeBudget(app, ana, { categoryIds: [trips] }, june);
	await budgets.remove.mutate({ id: gone.id });
	await categories.hide.mutate({ id: trips, hidden: true });

	const bad = { code: 'INVALID', reason: 'category_itself' };
	expect(await refusal(categories.merge.mutate({ id: trips, into: trips }))).toMatchObject(bad);
	expect(await refusal(categories.merge.mutate({ id: trips, into: 'nothing' }))).toMatchObject({
		reason: 'unknown_category'
	});
	const heard = Promise.all([
		ana.live.until('categories:changed', () => true),
		ana.live.until('rules:changed', () => true),
		ana.live.until('transactions:changed', () => true),
		ana.live.until('budgets:changed', () => true)
	]);
	expect(await categories.merge.mutate({ id: trips, into: kites })).toEqual({ moved: 2 });
	await heard;

	expect(await placesOf(ana, 'zebra')).toEqual(all(3, `${kites} user`));
	const learned = await db.learnedCount.findMany({ where: { userId: ana.id } });
	expect(learned.map(({ name, categoryId, count }) => [name, categoryId, count])).toEqual([
		['zebra lounge', kites, 3]
	]);
	expect((await rules.list.query()).map(({ actions }) => actions)).toEqual([
		{ categoryId: kites, note: 'Tickets' }
	]);
	expect((await budgets.get.query({ id: mine.id })).categoryIds).toEqual(['flights', kites]);
	expect((await budgets.get.query({ id: both.id })).categoryIds).toEqual([kites]);
	expect((await budgets.restore.mutate({ id: gone.id })).categoryIds).toEqual([kites]);
	expect((await budgets.get.query({ id: mine.id })).version).toBe(2);
	// What is taken back comes back where it has been put since.
	expect((await rules.undo.mutate({ runId: away.runId! })).changed).toBe(2);
	expect(await placesOf(ana, 'quokka')).toEqual(all(2, `${kites} rule`));
	expect((await rules.undo.mutate({ runId: there.runId! })).changed).toBe(2);
	// And what was imported when it was there can still be imported.
	const lines = (await rowsOf(ana, again.id, 'duplicate')).map(({ line }) => line);
	expect((await uploads.importAnyway.mutate({ id: again.id, lines })).imported).toBe(3);
	expect(await transactionsOf(ana, { q: 'zebra', categoryId: kites })).toHaveLength(6);

	const { list, merge } = categories;
	expect((await list.query()).filter(({ own }) => own).map(({ id }) => id)).toEqual([kites]);
	expect(await refusal(merge.mutate({ id: trips, into: kites }))).toMatchObject({ code: 'NOT_FOUND' });
	// Into a built-in one, all the same.
	expect(await merge.mutate({ id: kites, into: 'hobbies' })).toEqual({ moved: 6 });
	await importStatement(ana, statement(visits('ZEBRA LOUNGE 4711', 1, -7000)));
	expect(await placesOf(ana, '4711')).toEqual(['hobbies model']);
	expect(await db.transaction.count({ where: { userId: ana.id, categoryId: null } })).toBe(0);
});

test('a merge in the middle of an import loses nothing', async () => {
	const ana = await quits.meet('Ana');
	const trips = await make(ana, 'School trips');
	await ana.api.rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'zebra' }] },
		actions: { categoryId: trips }
	});
	const uploadId = await ana.send(statement(visits('Zebra Lounge', 6000)));
	await ana.live.until('upload:progress', (event) => event.uploadId === uploadId && event.imported > 0);
	await ana.api.categories.merge.mutate({ id: trips, into: 'holiday' });
	expect(await ended(ana, uploadId)).toMatchObject({ status: 'done', imported: 6000 });
	expect(await db.transaction.count({ where: { userId: ana.id, categoryId: 'holiday' } })).toBe(6000);
});

test('it is nobody else’s: not to see, not to use, not in groups, not in models', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const trips = await make(ana, 'Secret trips');
	await importStatement(ana, statement(visits('Zebra Lounge', 2)));
	await importStatement(ben, statement(visits('Zebra Lounge', 2)));
	const [hers] = await transactionsOf(ana);
	await ana.api.transactions.setCategory.mutate({ id: hers!.id, categoryId: trips });
	const seen = [
		await ben.api.categories.list.query(),
		await ben.api.categories.usage.query({ month: '2026-02' }),
		await ben.api.review.list.query(),
		await transactionsOf(ben)
	];
	expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${trips}|Secret`));
	const [his] = await transactionsOf(ben);
	const unknown = { code: 'INVALID', reason: 'unknown_category' };
	const one = ben.api.transactions.setCategory.mutate({ id: his!.id, categoryId: trips });
	expect(await refusal(one)).toMatchObject(unknown);

	// In a group nobody's own ones are used, also by whoever has made them.
	const flat = await makeGroup(app, [ana, ben]);
	const { expenses, budgets, rules } = ana.api;
	expect(await refusal(expenses.create.mutate(flat.expense({ categoryId: trips })))).toMatchObject(unknown);
	const shared = { name: 'Ours', groupId: flat.id, categoryIds: [trips], currency: 'EUR', amount: 1000 };
	expect(await refusal(budgets.create.mutate({ ...shared, period: 'monthly' }))).toMatchObject({
		...{ code: 'INVALID', fields: { categoryIds: 'unknown_category' } }
	});
	const rule = await rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'text', test: 'contains', value: 'zebra' }] },
		actions: { categoryId: trips, split: { groupId: flat.id, split: { mode: 'equal' } } }
	});
	expect(await rules.run.mutate({ id: rule.id, overOwn: true })).toMatchObject({ split: 2 });
	const { items } = await ben.api.expenses.list.query({ groupId: flat.id });
	expect(items.map(({ categoryId }) => categoryId)).toEqual([null, null]);

	// Who lets models learn from what they have chosen lets them learn of built-in ones.
	await db.user.update({ where: { id: ana.id }, data: { sharesCorrectionsSince: new Date() } });
	await ana.api.transactions.setCategory.mutate({ id: hers!.id, categoryId: trips });
	expect(await trainingSources(db)).toEqual({ people: 1, corrections: 0 });
});
