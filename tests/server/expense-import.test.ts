import { beforeEach, expect, test } from 'vitest';
import { identify } from '#server/auth/identify.ts';
import { toMinor } from '#lib/money.ts';
import * as endpoint from '../../src/routes/api/trpc/[...procedure]/+server.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import {
	realExport,
	spliit,
	spliitAnswers,
	spliitSums,
	splitwise,
	splitwiseSums
} from '../support/splits.ts';

const quits = await startTestApp();
const { db } = quits.app;
const ana = await quits.meet('Ana');
const eve = await quits.meet('Eve');
let flat: TestGroup;
beforeEach(async () => {
	flat = await makeGroup(quits.app, [ana]);
});

const send = (text: string, more: object = {}) =>
	ana.api.expenses.import.mutate({ groupId: flat.id, text, filename: 'export.csv', ...more });

/** Name → balance, in one currency. */
async function balances(currency: string): Promise<Record<string, number>> {
	const members = await db.member.findMany({ where: { groupId: flat.id } });
	return Object.fromEntries(
		(await flat.balances())
			.filter((balance) => balance.currency === currency)
			.map(({ memberId, amount }) => [members.find(({ id }) => id === memberId)!.name, amount])
	);
}

test('a Splitwise export brings its people, its history and its balances', async () => {
	const result = await send(splitwise);
	expect(result).toMatchObject({ expenses: 4, settlements: 2, known: 0, skipped: 1 });
	expect(result.members).toMatchObject([
		{ name: 'Ana', memberId: flat.member('Ana'), isNew: false },
		{ name: 'Ben', isNew: true },
		{ name: 'Cleo', isNew: true }
	]);
	expect(await balances('EUR')).toEqual(splitwiseSums.EUR);
	expect(await balances('USD')).toEqual(splitwiseSums.USD);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'expense_imported',
		summary: { count: 6, title: 'export.csv' }
	});
	expect(await flat.revision()).toBe(2);
	const { items } = await ana.api.expenses.list.query({ groupId: flat.id });
	expect(items.map(({ description, categoryId }) => [description, categoryId])).toContainEqual([
		'Pizza, twice',
		'restaurants'
	]);
	// It can be changed like any other.
	const pizza = items.find(({ description }) => description === 'Pizza, twice')!;
	const saved = await ana.api.expenses.update.mutate({
		id: pizza.id,
		version: 1,
		description: pizza.description,
		date: pizza.date,
		currency: pizza.currency,
		amount: pizza.amount,
		payers: pizza.payers,
		split: pizza.split,
		categoryId: pizza.categoryId
	});
	expect(saved).toMatchObject({ version: 1, shares: pizza.shares });
	expect(await db.settlement.count({ where: { groupId: flat.id, status: 'confirmed' } })).toBe(2);
});

test('imported again it adds nothing; a later export adds what is new', async () => {
	await send(splitwise);
	const before = [await flat.revision(), await flat.balances()];
	expect(await send(splitwise)).toMatchObject({ expenses: 0, settlements: 0, known: 6 });
	expect([await flat.revision(), await flat.balances()]).toEqual(before);
	const later = splitwise.replace(
		'2026-01-09,Only',
		'2026-01-08,Ben paid Ana,Payment,5.00,EUR,-5.00,5.00,0.00\n2026-01-09,Only'
	);
	expect(await send(later)).toMatchObject({ expenses: 0, settlements: 1, known: 6 });
	expect(await balances('EUR')).toEqual({ ...splitwiseSums.EUR, Ana: 3167, Ben: 3167 });
	expect(await db.member.count({ where: { groupId: flat.id } })).toBe(3);
});

test('sent five times at once it is there once', async () => {
	const results = await Promise.all(Array.from({ length: 5 }, () => send(splitwise)));
	expect(results.map(({ expenses }) => expenses).sort()).toEqual([0, 0, 0, 0, 4]);
	expect(await balances('EUR')).toEqual(splitwiseSums.EUR);
});

test('a Spliit export asks who paid where it does not say', async () => {
	expect(await refusal(send(spliit))).toMatchObject({ reason: 'import_question', params: { line: 6 } });
	expect(await flat.revision()).toBe(1);
	await send(spliit, { payers: spliitAnswers });
	expect(await balances('EUR')).toEqual(spliitSums);
});

test('names go to whom they are said to be, and to nobody of another group', async () => {
	const other = await makeGroup(quits.app, [eve]);
	const as = (members: object[]) => send(splitwise, { members });
	expect(await refusal(as([{ name: 'Ben', memberId: other.member('Eve') }]))).toMatchObject({
		reason: 'unknown_member'
	});
	expect(await refusal(as([{ name: 'Ben', memberId: flat.member('Ana') }]))).toMatchObject({
		reason: 'import_member_twice'
	});
	expect(await refusal(eve.api.expenses.import.mutate({ groupId: flat.id, text: splitwise }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	await as([
		{ name: 'Cleo', memberId: flat.member('Ana') },
		{ name: 'Ana', newName: 'Anabel' }
	]);
	expect(await balances('EUR')).toEqual({ Anabel: 3667, Ben: 2667, Ana: -6334 });
});

test('a name of the file is the member who is called like that but for the case; a new one gets a name of its own', async () => {
	const namesOf = (result: Awaited<ReturnType<typeof send>>) =>
		result.members.map(({ name, memberId, isNew }) => [name, memberId === flat.member('Ana'), isNew]);
	const lower = splitwise.replace('Ana,Ben,Cleo', 'ANA,Ben,Cleo').replaceAll('Ana', 'ANA');
	expect(namesOf(await send(lower))).toEqual([
		['ANA', true, false],
		['Ben', false, true],
		['Cleo', false, true]
	]);
	flat = await makeGroup(quits.app, [ana]);
	const asked = { members: [{ name: 'Ana', newName: 'Ana' }] };
	expect(namesOf(await send(splitwise, asked))).toMatchObject([['Ana', false, true], {}, {}]);
	expect(await balances('EUR')).toMatchObject({ 'Ana 2': splitwiseSums.EUR.Ana });
	// The same again finds them.
	expect(await send(splitwise, asked)).toMatchObject({ expenses: 0, known: 6 });
	expect(await db.member.count({ where: { groupId: flat.id } })).toBe(4);
});

test('ten thousand rows come in as one', async () => {
	const rows = Array.from(
		{ length: 10_000 },
		(_, n) => `2026-01-05,Meal ${n},Food,30.00,EUR,20.00,-10.00,-10.00`
	);
	const text = `Date,Description,Category,Cost,Currency,Ana,Ben,Cleo\n${rows.join('\n')}`;
	expect(await send(text)).toMatchObject({ expenses: 10_000 });
	expect(await balances('EUR')).toEqual({ Ana: 20_000_000, Ben: -10_000_000, Cleo: -10_000_000 });
	expect(await flat.revision()).toBe(2);
});

test('a file larger than other calls may be gets in, and other calls that large do not', async () => {
	const post = (procedure: string): Promise<Response> => {
		const body = JSON.stringify({ groupId: flat.id, text: `${splitwise}${' '.repeat(2_000_000)}` });
		const headers = { 'content-type': 'application/json' };
		const identifyAgain = () => identify(quits.app.db, ana.token);
		const url = new URL(`http://localhost/api/trpc/${procedure}`);
		const event = {
			url,
			request: new Request(url, { method: 'POST', headers, body }),
			params: { procedure },
			locals: { locale: 'en', identity: null, identifyAgain },
			cookies: { get: () => undefined },
			getClientAddress: () => '127.0.0.1'
		};
		return Promise.resolve(endpoint.POST(event as unknown as Parameters<typeof endpoint.POST>[0]));
	};
	expect((await post('expenses.import')).status).toBe(200);
	expect((await post('expenses.create')).status).toBe(413);
});

if (realExport('splitwise_drift.csv'))
	test('a real export gives the balances of its columns', async () => {
		const text = realExport('splitwise_drift.csv')!;
		await send(text);
		const [heading = '', ...lines] = text.trim().split(/\r?\n/);
		const names = heading.split(',').slice(5);
		const sums = Object.fromEntries(
			names
				.map((name, n) => [
					name,
					lines.reduce((sum, line) => sum + toMinor(line.split(',').slice(-names.length)[n]!, 'MKD')!, 0)
				])
				.filter(([, sum]) => sum !== 0)
		);
		expect(await balances('MKD')).toEqual(sums);
		expect(await db.expense.count({ where: { groupId: flat.id } })).toBe(15);
	});
