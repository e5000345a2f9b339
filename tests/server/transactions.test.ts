import { beforeAll, expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();

let ana: Person;
let savings: string;
beforeAll(async () => {
	ana = await quits.meet('Ana');
	await importStatement(ana, statement(bookings(300)));
	savings = (await openAccount(ana, 'Savings')).id;
	const odd = [
		{ date: '2021-03-01', text: 'Bäckerei Grün', amount: -420 },
		{ date: '2021-03-02', text: 'Café Olé 50% off', amount: -380 },
		{ date: '2021-03-03', text: 'snake_case_shop', amount: -999 },
		{ date: '2021-03-04', text: 'Straße 9 Imbiß', amount: -700 },
		{ date: '2021-03-05', text: 'Interest', amount: 0 }
	];
	await importStatement(ana, statement(odd), { accountId: savings });
});

const textsOf = async (q: string): Promise<string[]> =>
	(await transactionsOf(ana, { q })).map((row) => row.description);

test('they come newest first, page by page, none twice and none missing', async () => {
	const all = await transactionsOf(ana, { limit: 200 });
	expect(all).toHaveLength(305);
	expect(all.map(({ date }) => date)).toEqual(
		all
			.map(({ date }) => date)
			.sort()
			.reverse()
	);
	for (const limit of [1, 7, 100]) {
		expect((await transactionsOf(ana, { limit })).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
	}
});

test('pages stay right while rows are added before, among and after what was seen', async () => {
	const cleo = await quits.meet('Cleo');
	// Many on one day, so that pages end in the middle of a day.
	await importStatement(cleo, statement(bookings(60, { perDay: 20 })));
	const before = await transactionsOf(cleo);
	const seen: string[] = [];
	let cursor: string | undefined;
	for (let page = 0; ; page++) {
		const { items, nextCursor } = await cleo.api.transactions.list.query({ limit: 9, cursor });
		seen.push(...items.map(({ id }) => id));
		if (!nextCursor) break;
		cursor = nextCursor;
		const late = { date: `2020-01-0${1 + (page % 4)}`, text: `Late ${page}`, amount: -1 - page };
		await importStatement(cleo, statement([late]));
	}
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen.filter((id) => before.some((row) => row.id === id))).toEqual(before.map(({ id }) => id));
});

test.each([
	['corner baker', 34],
	['BÄCKEREI', 1],
	['bäckerei grün', 1],
	['grün bäckerei', 1],
	['café', 1],
	['straße', 1],
	['olé 50%', 1],
	['snake_case', 1],
	['snakeXcase', 0],
	["o'clock", 0],
	['receipt 1000', 1],
	['no such thing', 0]
])('searching for %s finds what has these words in it', async (q, count) => {
	expect(await textsOf(q)).toHaveLength(count);
});

test.each(['%', '_', '\\', '%_%', ''])('a search of nothing but signs (%s) leaves nothing out', async (q) => {
	expect(await textsOf(q)).toHaveLength(305);
});

test.each(['\u0000', 'a\u0000b', '\ud800', '😀', '𝒞', ' '.repeat(50)])(
	'any text may be searched for (%j)',
	async (q) => {
		expect((await ana.api.transactions.list.query({ q })).items).toBeDefined();
	}
);

test('filters narrow the list, and go together', async () => {
	const all = await transactionsOf(ana);
	const check = async (
		filter: Parameters<typeof transactionsOf>[1],
		fits: (row: (typeof all)[number]) => boolean
	): Promise<void> => {
		const wanted = all.filter(fits).map(({ id }) => id);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(all.length);
		expect((await transactionsOf(ana, { ...filter, limit: 50 })).map(({ id }) => id)).toEqual(wanted);
	};
	await check({ from: '2020-03-01', to: '2020-03-31' }, ({ date }) => date.startsWith('2020-03'));
	await check({ accountId: savings }, ({ accountId }) => accountId === savings);
	await check({ review: true }, ({ review }) => review);
	await check({ review: false }, ({ review }) => !review);
	const { categoryId, uploadId } = all.at(-1)!;
	await check({ categoryId: categoryId! }, (row) => row.categoryId === categoryId);
	await check({ uploadId: uploadId! }, (row) => row.uploadId === uploadId);
	await check(
		{ q: 'tram', from: '2020-06-01' },
		({ description, date }) => description.includes('Tram') && date >= '2020-06-01' && date < '2021'
	);
	const group = (await ana.api.categories.list.query()).find(({ id }) => id === categoryId)!.group;
	const inGroup = new Set<string>(
		(await ana.api.categories.list.query()).filter((c) => c.group === group).map(({ id }) => id)
	);
	await check({ categoryId: group }, (row) => inGroup.has(row.categoryId!));
	await check(
		{ categoryId: `${group},${categoryId},rent` },
		(row) => inGroup.has(row.categoryId!) || row.categoryId === 'rent'
	);
});

test.each([
	['a cursor that is none of ours', { cursor: 'nonsense' }],
	['a date that is none', { from: '2020-02-30' }],
	['an account id that is none', { accountId: 'x' }],
	['a page of 201', { limit: 201 }],
	['a cursor with a NUL', { cursor: '2020-01-01_\u0000' }],
	['a category with a NUL', { categoryId: 'food\u0000' }]
])('%s is refused or finds nothing, and is no failure of ours', async (_, input) => {
	const answer = await ana.api.transactions.list.query(input).then(
		({ items }) => ({ items }),
		(error: unknown) => ({ error })
	);
	if ('error' in answer)
		expect(await refusal(Promise.reject(answer.error))).toMatchObject({ code: 'INVALID' });
	else expect(answer.items).toEqual([]);
});

test('one transaction shows the line it was read from and how many are like it', async () => {
	const [row] = await transactionsOf(ana, { q: 'receipt 1000' });
	expect(await ana.api.transactions.get.query({ id: row!.id })).toMatchObject({
		...row,
		line: 2,
		raw: '2020-01-01,Corner Bakery receipt 1000,-2.50'
	});
});

test('a month is summed up by currency', async () => {
	const march = await transactionsOf(ana, { from: '2021-03-01', to: '2021-03-31' });
	const summary = await ana.api.transactions.summary.query({ month: '2021-03' });
	const counted = march.filter(({ category }) => category?.parent !== 'Transfers');
	const spent = counted.reduce((sum, { amount }) => sum + Math.min(amount, 0), 0);
	expect(summary).toMatchObject({
		month: '2021-03',
		totals: [{ currency: 'EUR', spent, earned: 0 }]
	});
	const upTo = march.filter(({ date, category }) => date <= '2021-03-02' && category?.parent !== 'Transfers');
	const half = await ana.api.transactions.summary.query({ month: '2021-03', until: '2021-03-02' });
	expect(upTo.length).toBeLessThan(counted.length);
	expect(half?.totals).toMatchObject([
		{ spent: upTo.reduce((sum, { amount }) => sum + Math.min(amount, 0), 0), count: upTo.length }
	]);
	const over = await ana.api.transactions.summary.query({ month: '2021-03', until: '2021-04-02' });
	expect(over).toEqual(summary);
	expect((await ana.api.transactions.summary.query({}))?.month).toBe('2021-03');
	expect(await (await quits.meet('Dan')).api.transactions.summary.query({})).toBeNull();
});
