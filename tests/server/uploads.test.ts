import { expect, test } from 'vitest';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import {
	ended,
	importStatement,
	notificationsOf,
	openAccount,
	outcome,
	rowsOf,
	settled,
	transactionsOf
} from '../support/person.ts';
import { bookings, file, statement, withoutSigns } from '../support/statement.ts';

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

test('an upload goes through its states in order, and its file is gone at the end', async () => {
	const ana = await quits.meet('Ana');
	const upload = await importStatement(ana, statement(bookings(2500)));
	const steps = ana.live.all('upload:progress').map(({ status, rowsDone }) => `${status} ${rowsDone}`);
	expect(steps).toEqual(['reading 0', 'importing 0', 'importing 1000', 'importing 2000', 'importing 2500']);
	expect(ana.live.all('upload:done')).toMatchObject([{ status: 'done', imported: 2500 }]);
	expect(await quits.app.db.uploadChunk.count({ where: { uploadId: upload.id } })).toBe(0);
});

test('a row that cannot be read is rejected with its line, its text and a reason, and the others go in', async () => {
	const ana = await quits.meet('Ana');
	const good = bookings(20);
	const bad = ['tomorrow,Corner Bakery,-3.00', '2026-01-09,Bike Repair,a lot'];
	const upload = await importStatement(
		ana,
		statement([good[0]!, bad[0]!, good[1]!, bad[1]!, ...good.slice(2)])
	);
	expect(outcome(upload)).toEqual({ status: 'done', imported: 20, duplicates: 0, rejected: 2 });
	expect(await rowsOf(ana, upload.id, 'rejected')).toMatchObject([
		{
			line: 3,
			raw: 'tomorrow,Corner Bakery,-3.00',
			reasonCode: 'row_bad_date',
			reason: '“tomorrow” is not a date.',
			transactionId: null
		},
		{ line: 5, raw: '2026-01-09,Bike Repair,a lot', reasonCode: 'row_bad_amount' }
	]);
	const outcomes = (await rowsOf(ana, upload.id)).map((row) => `${row.line} ${row.outcome}`);
	expect(outcomes).toHaveLength(22);
	expect(outcomes.slice(0, 5)).toEqual([
		'2 imported',
		'3 rejected',
		'4 imported',
		'5 rejected',
		'6 imported'
	]);
});

test('with a preview, nothing is imported before its person says so, under the mapping they give', async () => {
	const ana = await quits.meet('Ana');
	const upload = await importStatement(ana, statement(bookings(10)), { preview: true });
	expect(upload).toMatchObject({ status: 'preview', rowsTotal: 10, rowsDone: 0, accountId: null });
	expect(await transactionsOf(ana)).toEqual([]);
	const { detection } = await ana.api.uploads.detection.query({ id: upload.id });
	const { mapping, sample } = detection!;
	expect(sample[0]).toMatchObject({ line: 2, row: { date: '2020-01-01', amount: -250 } });

	const swapped = { ...mapping, sign: 'inverted' as const };
	const look = await ana.api.uploads.preview.query({ id: upload.id, mapping: swapped });
	expect(look.sample[0]).toMatchObject({ line: 2, row: { date: '2020-01-01', amount: 250 } });
	expect((await ana.api.uploads.detection.query({ id: upload.id })).detection).toEqual(detection);

	await ana.api.uploads.commit.mutate({ id: upload.id, mapping: swapped });
	expect(outcome(await ended(ana, upload.id))).toMatchObject({ status: 'done', imported: 10 });
	expect((await transactionsOf(ana)).at(-1)).toMatchObject({ date: '2020-01-01', amount: 250 });
});

test('what cannot be told from the content is asked once, and the answer is kept for files with this header', async () => {
	const ana = await quits.meet('Ana');
	const [january, february] = [bookings(5), bookings(5, { from: '2020-02-01' })];
	const first = await importStatement(ana, withoutSigns(january));
	expect(first).toMatchObject({ status: 'needs_mapping', imported: 0 });
	const { detection } = await ana.api.uploads.detection.query({ id: first.id });
	expect(detection?.questions).toEqual(['sign']);
	await ana.api.uploads.commit.mutate({ id: first.id, mapping: { ...detection!.mapping, sign: 'inverted' } });
	expect(await ended(ana, first.id)).toMatchObject({ status: 'done', imported: 5 });

	const second = await importStatement(ana, withoutSigns(february));
	expect(second).toMatchObject({
		status: 'done',
		imported: 5,
		accountId: (await ended(ana, first.id)).accountId
	});
	expect((await transactionsOf(ana)).every(({ amount }) => amount < 0)).toBe(true);

	const ben = await quits.meet('Ben');
	expect(await importStatement(ben, withoutSigns(february))).toMatchObject({ status: 'needs_mapping' });
});

test('a mapping sent along with the file answers the questions', async () => {
	const ana = await quits.meet('Ana');
	const asked = await importStatement(ana, withoutSigns(bookings(5)));
	const { mapping } = (await ana.api.uploads.detection.query({ id: asked.id })).detection!;
	const ben = await quits.meet('Ben');
	const upload = await importStatement(ben, withoutSigns(bookings(5)), {
		mapping: { ...mapping, sign: 'as_is' }
	});
	expect(upload).toMatchObject({ status: 'done', imported: 5 });
	expect((await transactionsOf(ben)).every(({ amount }) => amount > 0)).toBe(true);
});

test('rows go to the account they were sent for, or that of the last such file, or a new one', async () => {
	const ana = await quits.meet('Ana');
	const first = await importStatement(ana, statement(bookings(3), 'main_account-2020.csv'));
	expect(await ana.api.accounts.list.query()).toMatchObject([
		{ id: first.accountId, name: 'main account 2020', currency: 'EUR', archived: false }
	]);
	const next = await importStatement(ana, statement(bookings(3, { from: '2021-01-01' })));
	expect(next.accountId).toBe(first.accountId);

	const savings = await openAccount(ana, 'Savings');
	const sent = await importStatement(ana, statement(bookings(3)), { accountId: savings.id });
	expect(sent).toMatchObject({ accountId: savings.id, imported: 3, duplicates: 0 });
	const previewed = await importStatement(ana, statement(bookings(3, { from: '2022-01-01' })), {
		preview: true
	});
	const offered = await ana.api.uploads.detection.query({ id: previewed.id });
	expect(offered.accountId).toBe(savings.id);
	await ana.api.uploads.commit.mutate({ id: previewed.id, accountId: first.accountId! });
	expect(await ended(ana, previewed.id)).toMatchObject({ accountId: first.accountId });
	expect(await transactionsOf(ana, { accountId: savings.id })).toHaveLength(3);
	expect(await transactionsOf(ana, { accountId: first.accountId! })).toHaveLength(9);
});

test('only an upload that waits can be committed, and only once', async () => {
	const ana = await quits.meet('Ana');
	const { id } = await importStatement(ana, statement(bookings(10)), { preview: true });
	const answers = await Promise.allSettled([1, 2, 3].map(() => ana.api.uploads.commit.mutate({ id })));
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await ended(ana, id)).toMatchObject({ status: 'done', imported: 10 });
	expect(await refusal(ana.api.uploads.commit.mutate({ id }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'upload_not_waiting'
	});
	const { mapping } = (await ana.api.uploads.detection.query({ id })).detection!;
	expect(await refusal(ana.api.uploads.preview.query({ id, mapping }))).toMatchObject({
		reason: 'upload_not_waiting'
	});
	expect(await transactionsOf(ana)).toHaveLength(10);
});

test.each([
	['an empty file', '', 'file_empty', 422],
	['a file of blanks', '\n \n', 'file_empty', 422],
	['a picture', '\u0089PNG\r\n\u001a\n'.padEnd(200, 'x'), 'file_binary', 415],
	['NUL bytes', 'Date,Description,Amount\n2026-01-01,\u0000,-1.00\n', 'file_binary', 415],
	['an OFX file', 'OFXHEADER:100\nDATA:OFXSGML\n<OFX></OFX>\n', 'file_format_not_supported', 415]
])('%s is refused before anything is kept', async (_, text, reason, httpStatus) => {
	const ana = await quits.meet('Ana');
	const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
	await expect(ana.send({ name: 'giro.csv', bytes })).rejects.toMatchObject({
		code: 'INVALID',
		reason,
		status: httpStatus
	});
	expect((await ana.api.uploads.list.query()).items).toEqual([]);
});

test.each([
	['only a header', 'Date,Description,Amount\n', 'file_no_rows'],
	['a letter', 'Dear customer\nthank you for your order\n', 'file_not_a_table'],
	['1,000 columns', `${'a,'.repeat(999)}a\n${'1,'.repeat(999)}1\n`, 'file_too_many_columns'],
	[
		'a quotation mark that is never closed',
		`Date,Description,Amount\n2026-01-01,"${'x'.repeat(1e6)}`,
		/unclosed|too_long/
	]
])('%s ends the upload with a reason, and nothing of it is kept', async (_, text, reason) => {
	const ana = await quits.meet('Ana');
	const upload = await importStatement(ana, file(text));
	expect(upload).toMatchObject({ status: 'failed', imported: 0, rowsDone: 0 });
	expect(upload.errorCode).toMatch(reason);
	expect(upload.error).not.toContain('{');
	expect(await transactionsOf(ana)).toEqual([]);
	expect(await rowsOf(ana, upload.id)).toEqual([]);
	expect(await quits.app.db.uploadChunk.count({ where: { uploadId: upload.id } })).toBe(0);
	expect(await notificationsOf(ana)).toMatchObject([
		{ kind: 'upload_failed', params: { uploadId: upload.id, reason: upload.errorCode }, reason: upload.error }
	]);
});

test('a break at the end of a long file keeps the thousands of rows before it out too', async () => {
	const ana = await quits.meet('Ana');
	const cut = statement([...bookings(6000), `2026-01-01,"${'cut short '.repeat(10_000)}`]);
	const upload = await importStatement(ana, cut);
	expect(upload).toMatchObject({ status: 'failed', imported: 0, errorCode: 'file_field_too_long' });
	expect(upload.error).toContain('Line 6002');
	expect(await transactionsOf(ana)).toEqual([]);
});

test('a NUL hidden in a wider encoding or in a mapping is no failure of ours', async () => {
	const ana = await quits.meet('Ana');
	const text =
		'\ufeffDate,Description,Amount\n2026-01-01,Corner\u0000Bakery,-1.00\n2026-01-02,Bike Repair,-2.00\n';
	const wide = new Uint8Array(new Uint16Array(Array.from(text, (letter) => letter.charCodeAt(0))).buffer);
	const sent = ana.send({ name: 'wide.csv', bytes: wide }).then(
		(id) => settled(ana, id),
		(error: unknown) => error
	);
	const answer = await sent;
	if (answer instanceof Error) expect(answer).toMatchObject({ code: 'INVALID', reason: 'file_binary' });
	else {
		expect(answer).toMatchObject({ status: 'done', imported: 2 });
		expect((await transactionsOf(ana)).map(({ description }) => description)[1]).toMatch(/^Corner ?Bakery$/);
	}
	const { id } = await importStatement(ana, statement(bookings(3)), { preview: true });
	const { mapping } = (await ana.api.uploads.detection.query({ id })).detection!;
	const [first, ...others] = mapping.columns;
	const columns = [{ ...first!, name: 'Date\u0000' }, ...others];
	const committed = ana.api.uploads.commit.mutate({ id, mapping: { ...mapping, columns } });
	const end = await committed.then(
		() => ended(ana, id).then(({ status }) => status),
		(error: unknown) => refusal(Promise.reject(error)).then(({ code }) => code)
	);
	expect(['done', 'INVALID']).toContain(end);
});

test('uploads are listed newest first, page by page', async () => {
	const ana = await quits.meet('Ana');
	const sent: string[] = [];
	for (let n = 0; n < 5; n++) sent.unshift((await importStatement(ana, statement(bookings(1)))).id);
	const first = await ana.api.uploads.list.query({ limit: 3 });
	const rest = await ana.api.uploads.list.query({ limit: 3, cursor: first.nextCursor! });
	expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(sent);
	expect(rest.nextCursor).toBeNull();
});
