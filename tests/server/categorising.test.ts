import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { statement } from '../support/statement.ts';

const quits = await startTestApp();

const visits = (text: string, count: number) =>
	Array.from({ length: count }, (_, n) => ({
		date: `2026-02-${String(n + 1).padStart(2, '0')}`,
		text,
		amount: -1000 - n
	}));

async function withVisits(): Promise<{ ana: Person; ids: string[] }> {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement([...visits('Zebra Lounge', 6), ...visits('Quokka Store', 3)]));
	const ids = (await transactionsOf(ana, { q: 'zebra' })).map(({ id }) => id);
	expect(ids).toHaveLength(6);
	return { ana, ids };
}

const categoriesOf = async (ana: Person, q: string) =>
	(await transactionsOf(ana, { q })).map(({ categoryId, source }) => `${categoryId} ${source}`);

/** Two different categories there are. */
async function someCategories(ana: Person): Promise<[string, string]> {
	const all = await ana.api.categories.list.query();
	return [all[0]!.id, all.at(-1)!.id];
}

test('a person chooses the category of one transaction, and is told how many are like it', async () => {
	const { ana, ids } = await withVisits();
	const [categoryId] = await someCategories(ana);
	const answer = await ana.api.transactions.setCategory.mutate({ id: ids[0]!, categoryId });
	expect(answer.changed).toBe(1);
	expect(answer.similar).toBeGreaterThan(0);
	const row = await ana.api.transactions.get.query({ id: ids[0]! });
	expect(row).toMatchObject({ categoryId, source: 'user', confidence: 1, review: false });
	expect(await categoriesOf(ana, 'zebra')).toContain(`${categoryId} user`);
	expect((await categoriesOf(ana, 'zebra')).filter((text) => text.endsWith('user'))).toHaveLength(1);
});

test('applied to similar ones, it changes all of the merchant but what a person has chosen before', async () => {
	const { ana, ids } = await withVisits();
	const [first, second] = await someCategories(ana);
	await ana.api.transactions.setCategory.mutate({ id: ids[5]!, categoryId: second });
	const answer = await ana.api.transactions.setCategory.mutate({
		id: ids[0]!,
		categoryId: first,
		applyToSimilar: true
	});
	expect(answer).toMatchObject({ changed: 5, similar: 0 });
	expect(answer.ids.toSorted()).toEqual(ids.slice(0, 5).toSorted());
	expect(await categoriesOf(ana, 'zebra')).toEqual([
		...Array<string>(5).fill(`${first} user`),
		`${second} user`
	]);
	expect((await categoriesOf(ana, 'quokka')).every((text) => text.endsWith('model'))).toBe(true);
});

test('many are changed at once; ids of nobody are passed over', async () => {
	const { ana, ids } = await withVisits();
	const [categoryId] = await someCategories(ana);
	const answer = await ana.api.transactions.setCategories.mutate({
		ids: [...ids.slice(0, 4), crypto.randomUUID()],
		categoryId
	});
	expect(answer).toMatchObject({ changed: 4 });
	expect((await categoriesOf(ana, 'zebra')).filter((text) => text === `${categoryId} user`)).toHaveLength(4);
});

test('a category that is none is refused, and changes nothing', async () => {
	const { ana, ids } = await withVisits();
	const [first] = await someCategories(ana);
	const group = (await ana.api.categories.list.query())[0]!.group;
	for (const categoryId of ['no_such_category', '', group === first ? 'x' : group]) {
		const one = ana.api.transactions.setCategory.mutate({ id: ids[0]!, categoryId });
		expect(await refusal(one)).toMatchObject({ code: 'INVALID', reason: 'unknown_category' });
		const many = ana.api.transactions.setCategories.mutate({ ids, categoryId });
		expect(await refusal(many)).toMatchObject({ code: 'INVALID', reason: 'unknown_category' });
	}
	expect((await categoriesOf(ana, 'zebra')).every((text) => text.endsWith('model'))).toBe(true);
});

test('why says who decided, and by which words', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(
		ana,
		statement([{ date: '2026-02-01', text: 'City Supermarket groceries', amount: -4000 }])
	);
	const [row] = await transactionsOf(ana);
	const why = await ana.api.transactions.why.query({ id: row!.id });
	expect(why).toMatchObject({ category: row!.categoryId, confidence: row!.confidence, source: 'model' });
	expect(why.tokens.length).toBeGreaterThan(0);
	expect(why.tokens.some(({ weight }) => weight > 0)).toBe(true);
	expect(why.runnerUp).not.toBe(why.category);
	const [categoryId] = await someCategories(ana);
	await ana.api.transactions.setCategory.mutate({ id: row!.id, categoryId });
	expect(await ana.api.transactions.why.query({ id: row!.id })).toEqual({
		category: categoryId,
		confidence: 1,
		source: 'user',
		runnerUp: null,
		tokens: [],
		own: { name: expect.any(String), times: 1 },
		refund: false,
		alone: false,
		rule: null
	});
});

test('a person names the merchant, keeps a note and settles a guess; what the bank said stays', async () => {
	const { ana, ids } = await withVisits();
	const before = await ana.api.transactions.get.query({ id: ids[0]! });
	const after = await ana.api.transactions.update.mutate({
		id: ids[0]!,
		merchant: 'Café Zébra',
		note: 'with Ben\u0000',
		reviewed: true
	});
	expect(after).toMatchObject({ merchant: 'Café Zébra', note: 'with Ben', review: false });
	expect(after).toMatchObject({ description: before.description, amount: before.amount, raw: before.raw });
	expect((await transactionsOf(ana, { q: 'café zébra' })).map(({ id }) => id)).toEqual([ids[0]]);
	expect((await transactionsOf(ana, { q: 'lounge' })).map(({ id }) => id)).toContain(ids[0]);
});

test('one that does not exist is not found', async () => {
	const { api } = await quits.meet('Ana');
	const id = crypto.randomUUID();
	const [categoryId] = (await api.categories.list.query()).map((category) => category.id);
	const { get, why, update, setCategory } = api.transactions;
	const refused = await Promise.all([
		refusal(get.query({ id })),
		refusal(why.query({ id })),
		refusal(update.mutate({ id, note: 'x' })),
		refusal(setCategory.mutate({ id, categoryId: categoryId! }))
	]);
	for (const said of refused) expect(said).toMatchObject({ code: 'NOT_FOUND', httpStatus: 404 });
});
