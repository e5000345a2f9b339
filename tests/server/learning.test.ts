import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();

const booking = (text: string, amount = -4200, day = 1): Booking => ({
	date: `2026-03-${String(day).padStart(2, '0')}`,
	...{ text, amount }
});

const learned = async ({ id: userId }: Person) =>
	(
		await quits.app.db.learnedCount.findMany({
			where: { userId },
			orderBy: [{ name: 'asc' }, { incoming: 'asc' }, { categoryId: 'asc' }]
		})
	).map(({ name, incoming, categoryId, count }) => `${name}${incoming ? ' in' : ''}: ${categoryId} ${count}`);

/** Imports bookings and answers with their ids, in the order of the bookings. */
async function imported(person: Person, bookings: Booking[]): Promise<string[]> {
	const upload = await importStatement(person, statement(bookings));
	expect(upload).toMatchObject({ status: 'done', imported: bookings.length });
	const rows = await transactionsOf(person, { uploadId: upload.id });
	return bookings.map(({ text, amount, date }) => {
		const row = rows.find((one) => one.description === text && one.amount === amount && one.date === date);
		return row!.id;
	});
}

const category = async ({ api }: Person, id: string) => {
	const { categoryId, source } = await api.transactions.get.query({ id });
	return `${categoryId} ${source}`;
};

test('one correction is what the next import says of the merchant, in whatever form, and of no other', async () => {
	const ana = await quits.meet('Ana');
	const others = [booking('REWE 0293 HAMBURG'), booking('Quokka Lounge')];
	const [zebra, rewe, quokka] = await imported(ana, [booking('ZEBRA LOUNGE HAMBURG'), ...others]);
	const before = await Promise.all([category(ana, rewe!), category(ana, quokka!)]);
	expect(await category(ana, zebra!)).not.toContain('pets');
	await ana.api.transactions.setCategory.mutate({ id: zebra!, categoryId: 'pets' });
	expect(await learned(ana)).toEqual(['zebra lounge: pets 1']);

	const forms = [
		'SQ *ZEBRA LOUNGE OAKLAND CA',
		'KARTENZAHLUNG Zebra Lounge 4711',
		'ZEBRA LOUNGE GMBH XXXX1234'
	];
	const ids = await imported(
		ana,
		[...forms.map((text) => booking(text)), ...others].map((one, n) => ({ ...one, amount: -3900 - n }))
	);
	for (const id of ids.slice(0, forms.length)) {
		const row = await ana.api.transactions.get.query({ id });
		expect(row).toMatchObject({ categoryId: 'pets', source: 'model', review: false });
		expect(row.confidence).toBeGreaterThan(0.9);
		expect(await ana.api.transactions.why.query({ id })).toMatchObject({
			...{ category: 'pets', source: 'model', own: { name: 'zebra lounge', times: 1 } },
			tokens: [{ token: 'zebra lounge' }]
		});
	}
	expect(await Promise.all(ids.slice(forms.length).map((id) => category(ana, id)))).toEqual(before);
	// The model's own reasons stay what they were where nobody has spoken.
	expect((await ana.api.transactions.why.query({ id: ids.at(-1)! })).own).toBeNull();
});

test('what one person says is nobody else’s: not in predictions, not in reasons', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const text = 'PANGOLIN PARLOUR';
	const [hers] = await imported(ana, [booking(text)]);
	const [alone] = await imported(ben, [booking(text)]);
	const before = await ben.api.transactions.why.query({ id: alone! });
	for (let n = 0; n < 3; n++) {
		const [id] = await imported(ana, [booking(text, -5000 - n)]);
		await ana.api.transactions.setCategory.mutate({ id: id!, categoryId: 'childcare' });
	}
	await ana.api.transactions.setCategory.mutate({ id: hers!, categoryId: 'childcare' });
	const [his] = await imported(ben, [booking(text, -6000)]);
	expect(await category(ben, his!)).not.toContain('childcare');
	expect(await ben.api.transactions.why.query({ id: alone! })).toEqual(before);
	expect(before.own).toBeNull();
	const { items } = await ben.api.review.list.query();
	expect(JSON.stringify(items)).not.toContain('childcare');
	// And hers counts nothing of his.
	await ben.api.transactions.setCategory.mutate({ id: his!, categoryId: 'gifts' });
	expect(await learned(ana)).toEqual(['pangolin parlour: childcare 4']);
	expect(await learned(ben)).toEqual(['pangolin parlour: gifts 1']);
});

test('counts follow every way a category is set, changed and taken back', async () => {
	const ana = await quits.meet('Ana');
	const visits = Array.from({ length: 5 }, (_, n) => booking('ZEBRA LOUNGE', -1000 - n, n + 1));
	const ids = await imported(ana, [...visits, booking('QUOKKA STORE'), booking('ZEBRA LOUNGE', 900)]);
	const [first, second, third] = ids as [string, string, string];
	const { setCategory, setCategories, takeBack, update } = ana.api.transactions;

	await setCategory.mutate({ id: first, categoryId: 'pets' });
	await setCategory.mutate({ id: first, categoryId: 'pets' });
	expect(await learned(ana)).toEqual(['zebra lounge: pets 1']);
	await setCategory.mutate({ id: first, categoryId: 'gifts' });
	expect(await learned(ana)).toEqual(['zebra lounge: gifts 1']);
	await setCategories.mutate({ ids: [second, third, ids[5]!], categoryId: 'pets' });
	expect(await learned(ana)).toEqual(['quokka: pets 1', 'zebra lounge: gifts 1', 'zebra lounge: pets 2']);
	// Two others no person has spoken of; what came back is no payment.
	const { changed, ids: applied } = await setCategory.mutate({
		...{ id: first, categoryId: 'pets', applyToSimilar: true }
	});
	expect(changed).toBe(3);
	expect(await learned(ana)).toEqual(['quokka: pets 1', 'zebra lounge: pets 5']);
	expect(await category(ana, ids[6]!)).not.toContain('user');
	await update.mutate({ id: ids[6]!, reviewed: true });
	expect(await learned(ana)).toEqual([
		'quokka: pets 1',
		'zebra lounge: pets 5',
		expect.stringMatching(/^zebra lounge in: \w+ 1$/)
	]);

	const back = await takeBack.mutate({ ids: [...applied, ids[6]!, crypto.randomUUID()] });
	expect(back.changed).toBe(4);
	expect(back.guesses.map(({ id }) => id).toSorted()).toEqual([...applied, ids[6]!].toSorted());
	expect(await learned(ana)).toEqual(['quokka: pets 1', 'zebra lounge: pets 2']);
	// What is still said is the guess for the others.
	expect(await category(ana, first)).toBe('pets model');
	await takeBack.mutate({ ids: [second, third, ids[5]!] });
	await takeBack.mutate({ ids });
	expect(await learned(ana)).toEqual([]);
});

test('taken back, a guess is what it was before', async () => {
	const ana = await quits.meet('Ana');
	const [id] = await imported(ana, [booking('XQZZY BLORP')]);
	const before = await ana.api.transactions.get.query({ id: id! });
	expect(before.review).toBe(true);
	await ana.api.transactions.setCategory.mutate({ id: id!, categoryId: 'pets' });
	await ana.api.transactions.takeBack.mutate({ ids: [id!] });
	expect(await ana.api.transactions.get.query({ id: id! })).toEqual(before);
});

test('what is learned from a payment goes with it', async () => {
	const ana = await quits.meet('Ana');
	const [kept] = await imported(ana, [booking('ZEBRA LOUNGE')]);
	await ana.api.transactions.setCategory.mutate({ id: kept!, categoryId: 'pets' });
	const { id } = await importStatement(
		ana,
		statement([booking('ZEBRA LOUNGE', -900), booking('QUOKKA STORE')])
	);
	const rows = await transactionsOf(ana, { uploadId: id });
	await ana.api.transactions.setCategories.mutate({ ids: rows.map((row) => row.id), categoryId: 'gifts' });
	expect(await learned(ana)).toEqual(['quokka: gifts 1', 'zebra lounge: gifts 1', 'zebra lounge: pets 1']);
	await ana.api.uploads.undo.mutate({ id });
	expect(await learned(ana)).toEqual(['zebra lounge: pets 1']);
});

test('a merchant that the person has renamed is still known by what the bank writes', async () => {
	const ana = await quits.meet('Ana');
	const [id] = await imported(ana, [booking('ZBRLNG 8841')]);
	await ana.api.transactions.update.mutate({ id: id!, merchant: 'Zebra Lounge' });
	await ana.api.transactions.setCategory.mutate({ id: id!, categoryId: 'pets' });
	const [next] = await imported(ana, [booking('ZBRLNG 9922', -800)]);
	expect(await category(ana, next!)).toBe('pets model');
});

test('two screens that speak at once are both heard, once each', async () => {
	const ana = await quits.meet('Ana');
	const ids = await imported(
		ana,
		Array.from({ length: 8 }, (_, n) => booking('ZEBRA LOUNGE', -1000 - n, n + 1))
	);
	const { setCategory } = ana.api.transactions;
	await Promise.all(
		[...ids, ...ids].map((id, n) => setCategory.mutate({ id, categoryId: n < 8 ? 'pets' : 'gifts' }))
	);
	const rows = await transactionsOf(ana);
	const counted = new Map<string, number>();
	for (const { categoryId } of rows) counted.set(categoryId!, (counted.get(categoryId!) ?? 0) + 1);
	expect(await learned(ana)).toEqual(
		[...counted].sort().map(([categoryId, count]) => `zebra lounge: ${categoryId} ${count}`)
	);
});

test('a correction is news for the person’s other screens, and for nobody else’s', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const [id] = await imported(ana, [booking('ZEBRA LOUNGE')]);
	await ana.api.transactions.setCategory.mutate({ id: id!, categoryId: 'pets' });
	expect(await ana.live.until('transactions:changed')).toEqual({});
	await ana.api.transactions.setCategory.mutate({ id: id!, categoryId: 'gifts' });
	expect(ben.live.all('transactions:changed')).toEqual([]);
});

// Names that no model knows, so that all of them wait.
const strange = ['Xqzzy Blorp', 'Vrunk Tharl', 'Oomp Zibbet'];

async function withQueue(): Promise<{ ana: Person; ids: string[] }> {
	const ana = await quits.meet('Ana');
	const ids = await imported(ana, [
		...[1, 2, 3, 4].map((day) => booking(strange[0]!, -2000 - day, day)),
		...[5, 6].map((day) => booking(strange[1]!, -2000 - day, day)),
		booking(strange[2]!, -2000, 7),
		booking('REWE 0293 HAMBURG', -2500, 8)
	]);
	expect(await ana.api.review.count.query()).toEqual({ waiting: 7 });
	return { ana, ids };
}

test('the queue shows what waits, by merchant, most frequent first, the newest of each', async () => {
	const { ana, ids } = await withQueue();
	const { items, nextCursor, waiting } = await ana.api.review.list.query();
	expect({ nextCursor, waiting }).toEqual({ nextCursor: null, waiting: 7 });
	expect(items.map(({ count, transaction }) => [transaction.merchant, count, transaction.id])).toEqual([
		[strange[0], 4, ids[3]],
		[strange[1], 2, ids[5]],
		[strange[2], 1, ids[6]]
	]);
	for (const { categoryId, guesses, learned, confidence } of items) {
		expect({ learned, first: guesses[0] }).toEqual({ learned: false, first: categoryId });
		expect(new Set(guesses).size).toBe(guesses.length);
		expect(confidence).toBeLessThan(0.5);
	}
	expect((await ana.api.transactions.summary.query())?.review).toBe(7);
});

test('it comes in pages, none twice and none missing', async () => {
	const { ana } = await withQueue();
	const keys: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await ana.api.review.list.query({ limit: 1, ...(cursor && { cursor }) });
		expect(page.items).toHaveLength(1);
		keys.push(page.items[0]!.key);
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	expect(new Set(keys).size).toBe(3);
	for (const bad of ['', 'x', 'x_1', '9']) {
		expect(await refusal(ana.api.review.list.query({ cursor: bad || '_' }))).toMatchObject({
			...{ code: 'INVALID', reason: 'bad_cursor' }
		});
	}
});

test('accepting one settles it and teaches; the rest of the merchant is suggested the same', async () => {
	const { ana } = await withQueue();
	const { items } = await ana.api.review.list.query();
	const { id } = items[0]!.transaction;
	const answer = await ana.api.review.accept.mutate({ id, categoryId: 'pets' });
	expect(answer).toMatchObject({ changed: 1, similar: 3, ids: [id] });
	const after = await ana.api.review.list.query();
	expect(after.waiting).toBe(6);
	const next = after.items.find(({ key }) => key === items[0]!.key)!;
	expect(next).toMatchObject({ count: 3, categoryId: 'pets', learned: true });
	expect(next.transaction.id).not.toBe(id);
	expect(next.guesses[0]).toBe('pets');
	expect(next.guesses.length).toBeGreaterThan(1);
	expect(await learned(ana)).toEqual(['xqzzy blorp: pets 1']);
});

test('accepting all like one settles those that wait in its direction, and can be taken back whole', async () => {
	const { ana } = await withQueue();
	await imported(ana, [booking(strange[0]!, 1500, 9), booking('REWE 0293 HAMBURG', -2600, 9)]);
	const before = await ana.api.review.list.query();
	const { transaction } = before.items.find(({ count }) => count === 4)!;
	const said = { id: transaction.id, categoryId: 'pets', all: true };
	const { changed, undo } = await ana.api.review.accept.mutate(said);
	expect(changed).toBe(4);
	expect(await ana.api.review.count.query()).toEqual({ waiting: 4 });
	expect(
		(await transactionsOf(ana, { q: strange[0]! })).filter(({ source }) => source === 'user')
	).toHaveLength(4);
	await ana.api.transactions.undo.mutate(undo);
	expect(await ana.api.review.list.query()).toEqual(before);
});

test('what waited waits again when it is taken back, in whatever order, also when a rule has been made meanwhile', async () => {
	const { ana } = await withQueue();
	const waiting = async () =>
		(await ana.api.review.list.query()).items.map(({ key, count, categoryId }) => ({
			key,
			count,
			categoryId
		}));
	const before = await waiting();
	const { key } = before.find(({ count }) => count > 1)!;
	const answers = [];
	for (let n = 0; n < 2; n++) {
		const { items } = await ana.api.review.list.query();
		const { id } = items.find((item) => item.key === key)!.transaction;
		answers.push(await ana.api.review.accept.mutate({ id, categoryId: 'pets' }));
	}
	await ana.api.rules.create.mutate({
		conditions: { kind: 'all', of: [{ kind: 'money', is: 'out' }] },
		actions: { categoryId: 'gifts' }
	});
	for (const { undo } of answers) await ana.api.transactions.undo.mutate(undo);
	expect(await waiting()).toEqual(before);
	expect(await learned(ana)).toEqual([]);
	// Of others, what is guessed now stands.
	const [first] = answers[0]!.ids;
	await ana.api.transactions.setCategory.mutate({ id: first!, categoryId: 'pets' });
	await ana.api.transactions.takeBack.mutate({ ids: [first!] });
	expect(await category(ana, first!)).toBe('gifts rule');
});

test('a category that is none is refused, and what is not there is not found', async () => {
	const { ana, ids } = await withQueue();
	const { accept } = ana.api.review;
	expect(await refusal(accept.mutate({ id: ids[0]!, categoryId: 'nonsense' }))).toMatchObject({
		...{ code: 'INVALID', reason: 'unknown_category' }
	});
	expect(await refusal(accept.mutate({ id: crypto.randomUUID(), categoryId: 'pets' }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	expect(await ana.api.review.count.query()).toEqual({ waiting: 7 });
});
