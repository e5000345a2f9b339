import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, openAccount, outcome, rowsOf, settled, transactionsOf } from '../support/person.ts';
import { bookings, dayAfter, file, statement } from '../support/statement.ts';

const quits = await startTestApp();

test('the same file again adds nothing, and says of each row which transaction it is already', async () => {
	const ana = await quits.meet('Ana');
	const same = statement(bookings(30));
	const first = await importStatement(ana, same);
	const second = await importStatement(ana, same);
	expect(outcome(second)).toEqual({ status: 'done', imported: 0, duplicates: 30, rejected: 0 });
	const stored = await transactionsOf(ana);
	expect(stored).toHaveLength(30);

	const before = new Map((await rowsOf(ana, first.id)).map((row) => [row.line, row.transactionId]));
	const rows = await rowsOf(ana, second.id, 'duplicate');
	expect(rows.map((row) => [row.line, row.duplicateOfId])).toEqual([...before]);
	expect(rows[0]).toMatchObject({
		reasonCode: 'row_same_booking',
		reason: 'Already there: same account, date, amount and text.',
		transactionId: null
	});
});

test('two bookings alike in one file are two, and stay two however often the file comes', async () => {
	const ana = await quits.meet('Ana');
	const coffee = { date: '2026-03-02', text: 'Corner Bakery', amount: -290 };
	const twice = statement([coffee, ...bookings(3), coffee]);
	expect(await importStatement(ana, twice)).toMatchObject({ imported: 5, duplicates: 0 });
	expect(await importStatement(ana, twice)).toMatchObject({ imported: 0, duplicates: 5 });
	const thrice = statement([coffee, coffee, coffee]);
	expect(await importStatement(ana, thrice)).toMatchObject({ imported: 1, duplicates: 2 });
	expect(await transactionsOf(ana, { q: 'corner bakery', from: coffee.date })).toHaveLength(3);
});

test('of files that overlap, only what is new goes in', async () => {
	const ana = await quits.meet('Ana');
	const days = bookings(60);
	expect(await importStatement(ana, statement(days.slice(0, 40)))).toMatchObject({
		imported: 40,
		duplicates: 0
	});
	const next = await importStatement(ana, statement(days.slice(25)));
	expect(next).toMatchObject({ imported: 20, duplicates: 15 });
	expect((await transactionsOf(ana)).map(({ date }) => date).reverse()).toEqual(days.map(({ date }) => date));
	expect((await rowsOf(ana, next.id, 'imported')).map(({ line }) => line)).toEqual(
		Array.from({ length: 20 }, (_, n) => n + 17)
	);
});

test('case and spacing of the bank do not make a booking new, but its day, amount and text do', async () => {
	const ana = await quits.meet('Ana');
	const booking = { date: '2026-03-02', text: 'Corner Bakery 17', amount: -290 };
	await importStatement(ana, statement([booking]));
	const again = { ...booking, text: 'CORNER  bakery 17' };
	expect(await importStatement(ana, statement([again]))).toMatchObject({ imported: 0, duplicates: 1 });
	const others = [
		{ ...booking, date: dayAfter(booking.date, 1) },
		{ ...booking, amount: -291 },
		{ ...booking, text: 'Corner Bakery 18' }
	];
	expect(await importStatement(ana, statement(others))).toMatchObject({ imported: 3, duplicates: 0 });
});

test('another account has bookings of its own', async () => {
	const ana = await quits.meet('Ana');
	const savings = await openAccount(ana, 'Savings');
	await importStatement(ana, statement(bookings(5)));
	const upload = await importStatement(ana, statement(bookings(5)), { accountId: savings.id });
	expect(upload).toMatchObject({ imported: 5, duplicates: 0 });
});

test('the same file sent four times at once goes in once', async () => {
	const ana = await quits.meet('Ana');
	const same = statement(bookings(1500));
	const sent = await Promise.all([1, 2, 3, 4].map(() => ana.send(same)));
	const uploads = await Promise.all(sent.map((id) => settled(ana, id)));
	expect(uploads.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
	const sum = (key: 'imported' | 'duplicates') => uploads.reduce((total, upload) => total + upload[key], 0);
	expect([sum('imported'), sum('duplicates')]).toEqual([1500, 4500]);
	expect(await transactionsOf(ana)).toHaveLength(1500);
	expect(await ana.api.accounts.list.query()).toHaveLength(1);
});

test('a person may import what was taken for a duplicate after all, each row once', async () => {
	const ana = await quits.meet('Ana');
	const same = statement(bookings(6));
	await importStatement(ana, same);
	const { id } = await importStatement(ana, same);
	const anyway = (lines: number[]) => ana.api.uploads.importAnyway.mutate({ id, lines });
	expect(await anyway([2, 3, 99])).toEqual({ imported: 2 });
	const answers = await Promise.all([1, 2, 3].map(() => anyway([3, 4])));
	expect(answers.map(({ imported }) => imported).sort()).toEqual([0, 0, 1]);

	expect(await ana.api.uploads.get.query({ id })).toMatchObject({ imported: 3, duplicates: 3, rejected: 0 });
	expect((await rowsOf(ana, id)).map((row) => row.outcome)).toEqual([
		...['imported', 'imported', 'imported'],
		...['duplicate', 'duplicate', 'duplicate']
	]);
	const stored = await transactionsOf(ana, { uploadId: id });
	expect(stored.map(({ date, amount }) => ({ date, amount })).reverse()).toEqual(
		bookings(3).map(({ date, amount }) => ({ date, amount }))
	);
	expect(stored.every(({ category }) => category !== null)).toBe(true);
	// The third and fourth time it is a duplicate again: the account has two of them now.
	expect(await importStatement(ana, same)).toMatchObject({ imported: 0, duplicates: 6 });
	expect(await transactionsOf(ana)).toHaveLength(9);
});

test('an upload that is not done has nothing to import anyway', async () => {
	const ana = await quits.meet('Ana');
	const { id } = await importStatement(ana, file('nothing of use'));
	expect(await refusal(ana.api.uploads.importAnyway.mutate({ id, lines: [2] }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'upload_rows_closed'
	});
});
