import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();

const booking = (text: string, amount: number, day: number): Booking => ({
	date: `2026-03-${String(day).padStart(2, '0')}`,
	...{ text, amount }
});

const learned = async ({ id: userId }: Person) =>
	(await quits.app.db.learnedCount.findMany({ where: { userId }, orderBy: { categoryId: 'asc' } })).map(
		({ name, categoryId, count }) => `${name}: ${categoryId} ${count}`
	);

/** Everything that a person sees of their transactions' categories. */
const stateOf = async (person: Person) =>
	new Map(
		(await transactionsOf(person)).map(({ id, categoryId, source, confidence, review }) => [
			id,
			{ categoryId, source, confidence, review }
		])
	);

/** Somebody who shops at one place, which the model knows, and at one that waits for a look. */
async function meet() {
	const ana = await quits.meet('Ana');
	const shopping = [1, 2, 3, 4, 5].map((day) => booking(`LIDL SAGT DANKE ${4000 + day}`, -2000 - day, day));
	await importStatement(ana, statement([...shopping, booking('Xqzzy Blorp', -300, 6)]));
	const rows = await transactionsOf(ana);
	return { ana, lidl: rows.filter(({ amount }) => amount <= -2000).map(({ id }) => id) };
}

test('“also these” is taken back to what was before it, and what came before it too', async () => {
	const { ana, lidl } = await meet();
	const { setCategory, undo } = ana.api.transactions;
	const [id] = lidl as [string];
	const before = await stateOf(ana);
	expect(before.get(id)).toMatchObject({ categoryId: 'groceries', source: 'model' });
	const one = await setCategory.mutate({ id, categoryId: 'hobbies' });
	expect(one.similar).toBe(4);
	const between = await stateOf(ana);
	const also = await setCategory.mutate({ id, categoryId: 'hobbies', applyToSimilar: true });
	expect(await learned(ana)).toEqual(['lidl: hobbies 5']);

	const undone = await undo.mutate(also.undo);
	expect(undone.changed).toBe(5);
	expect(new Set(undone.guesses.map((guess) => guess.id))).toEqual(new Set(lidl));
	expect(await stateOf(ana)).toEqual(between);
	expect(await learned(ana)).toEqual(['lidl: hobbies 1']);
	await undo.mutate(one.undo);
	expect(await stateOf(ana)).toEqual(before);
	expect(await learned(ana)).toEqual([]);
	// Once more changes nothing.
	expect(await undo.mutate(one.undo)).toEqual({ changed: 0, guesses: [] });
});

test('in the other order, what is still said stays said', async () => {
	const { ana, lidl } = await meet();
	const { setCategory, setCategories, undo } = ana.api.transactions;
	const before = await stateOf(ana);
	const one = await setCategory.mutate({ id: lidl[0]!, categoryId: 'hobbies' });
	const many = await setCategories.mutate({ ids: lidl.slice(1), categoryId: 'hobbies' });
	await undo.mutate(one.undo);
	expect((await stateOf(ana)).get(lidl[0]!)).toEqual(before.get(lidl[0]!));
	expect(await learned(ana)).toEqual(['lidl: hobbies 4']);
	// What the person has changed since stays.
	await setCategory.mutate({ id: lidl[1]!, categoryId: 'gifts' });
	expect((await undo.mutate(many.undo)).changed).toBe(3);
	expect((await stateOf(ana)).get(lidl[1]!)).toMatchObject({ categoryId: 'gifts', source: 'user' });
	expect(await learned(ana)).toEqual(['lidl: gifts 1']);
});

test('what was said before counts again', async () => {
	const { ana, lidl } = await meet();
	const { setCategory, undo } = ana.api.transactions;
	await setCategory.mutate({ id: lidl[0]!, categoryId: 'gifts' });
	const changed = await setCategory.mutate({ id: lidl[0]!, categoryId: 'hobbies' });
	await undo.mutate(changed.undo);
	expect((await stateOf(ana)).get(lidl[0]!)).toMatchObject({ categoryId: 'gifts', source: 'user' });
	expect(await learned(ana)).toEqual(['lidl: gifts 1']);
});

test.each(['undo', 'takeBack'] as const)(
	'what an import guessed by a word that is gone is guessed again: %s',
	async (how) => {
		const { ana, lidl } = await meet();
		const { setCategory, undo, takeBack } = ana.api.transactions;
		const said = await setCategory.mutate({ id: lidl[0]!, categoryId: 'hobbies' });
		await importStatement(ana, statement([booking('LIDL SAGT DANKE 4711', -1900, 9)]));
		const find = async () => (await transactionsOf(ana)).find(({ amount }) => amount === -1900)!;
		expect(await find()).toMatchObject({ categoryId: 'hobbies', source: 'model' });
		if (how === 'undo') await undo.mutate(said.undo);
		else await takeBack.mutate({ ids: [lidl[0]!] });
		expect(await find()).toMatchObject({ categoryId: 'groceries', source: 'model' });
	}
);

test('a category that is gone by now is guessed', async () => {
	const { ana, lidl } = await meet();
	const { categories, transactions } = ana.api;
	const trips = await categories.create.mutate({ name: 'School trips', group: 'travel' });
	await transactions.setCategory.mutate({ id: lidl[0]!, categoryId: trips.id });
	const changed = await transactions.setCategory.mutate({ id: lidl[0]!, categoryId: 'hobbies' });
	await categories.merge.mutate({ id: trips.id, into: 'gifts' });
	await transactions.undo.mutate(changed.undo);
	expect((await stateOf(ana)).get(lidl[0]!)).toMatchObject({ categoryId: 'groceries', source: 'model' });
	expect(await learned(ana)).toEqual([]);
});

test.each([true, false])(
	'half of a transfer that is put elsewhere is none any more; marked by hand: %s',
	async (byHand) => {
		const ana = await quits.meet('Ana');
		const [giro, savings] = [await openAccount(ana, 'Giro'), await openAccount(ana, 'Rainy day')];
		const texts = byHand ? ['Xqzzy', 'Tharl'] : ['To Rainy Day', 'Received from Giro'];
		const fee = booking('Account fee', -150, 1);
		await importStatement(ana, statement([fee, booking(texts[0]!, -7500, 3)]), { accountId: giro.id });
		const guess = (await transactionsOf(ana)).find(({ amount }) => amount === -7500)!;
		await importStatement(ana, statement([fee, booking(texts[1]!, 7500, 3)]), { accountId: savings.id });
		const other = (await transactionsOf(ana)).find(({ amount }) => amount === 7500)!;
		const { transactions, transfers } = ana.api;
		if (byHand) await transfers.mark.mutate({ id: guess.id, otherId: other.id });
		const { db } = quits.app;
		const links = () => db.transfer.findMany({ where: { out: { userId: ana.id } } });
		const [linked, before] = [await links(), await stateOf(ana)];
		expect(linked).toHaveLength(1);

		// Among transfers it stays one.
		const card = await transactions.setCategory.mutate({ id: guess.id, categoryId: 'credit_card_payment' });
		expect(await links()).toEqual(linked);
		await transactions.undo.mutate(card.undo);

		const said = await transactions.setCategory.mutate({ id: other.id, categoryId: 'gifts' });
		expect(await links()).toEqual([]);
		expect(await db.noTransfer.count({ where: { out: { userId: ana.id } } })).toBe(1);
		expect((await stateOf(ana)).get(other.id)).toMatchObject({ categoryId: 'gifts', source: 'user' });
		const { categoryId, source, confidence, review } = guess;
		expect((await stateOf(ana)).get(guess.id)).toEqual({ categoryId, source, confidence, review });
		await importStatement(ana, statement([fee, booking('Vrunk', -100, 5)]), { accountId: savings.id });
		expect(await links()).toEqual([]);

		await transactions.undo.mutate(said.undo);
		expect(await links()).toEqual(linked);
		expect(await db.noTransfer.count({ where: { out: { userId: ana.id } } })).toBe(0);
		for (const [id, state] of before) expect((await stateOf(ana)).get(id)).toEqual(state);
		expect(await learned(ana)).toEqual([]);
	}
);
