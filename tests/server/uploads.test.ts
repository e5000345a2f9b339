import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { importStatement, notificationsOf, outcome, rowsOf, transactionsOf } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();

test('a statement goes in, and categorised transactions come out', async () => {
	const ana = await quits.meet('Ana');
	const year = bookings(365);
	const upload = await importStatement(ana, statement(year, 'my-giro.csv'));
	expect(outcome(upload)).toEqual({ status: 'done', imported: 365, duplicates: 0, rejected: 0 });
	expect(upload).toMatchObject({ filename: 'my-giro.csv', rowsTotal: 365, rowsDone: 365, error: null });

	const stored = (await transactionsOf(ana)).reverse();
	expect(
		stored.map(({ date, amount, description, currency }) => ({ date, amount, text: description, currency }))
	).toEqual(year.map((booking) => ({ ...booking, currency: 'EUR' })));
	expect(stored.every(({ category, source }) => category !== null && source === 'model')).toBe(true);
	expect((await rowsOf(ana, upload.id)).map((row) => row.line)).toEqual(year.map((_, n) => n + 2));

	expect(await notificationsOf(ana)).toMatchObject([
		{ kind: 'upload_done', params: { uploadId: upload.id, filename: 'my-giro.csv', imported: 365 } }
	]);
});
