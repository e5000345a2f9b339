/** What can happen to a statement besides being imported. */
import { writeFileSync } from 'node:fs';
import { bookings, statement } from '../../support/statement.ts';
import {
	ambiguousStatement,
	emptyFile,
	hugeFile,
	longStatement,
	pictureNamedCsv
} from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import {
	dropStatements,
	expectResult,
	importStatement,
	open,
	pickStatement,
	readStatement,
	startImport,
	toast,
	transaction
} from '../support/verbs.ts';

test('two tabs show the same progress, moved by events', async ({ meet }) => {
	const { page, context } = await meet('Ana');
	await readStatement(page, longStatement(20_000));
	const other = await context.newPage();
	await open(other, page.url());
	await expect(other.getByRole('button', { name: 'Start import' })).toBeVisible();

	for (const tab of [page, other]) {
		await tab.evaluate(() => {
			const seen = new Set<number>();
			const look = () => {
				const bar = document.querySelector('progress');
				if (bar?.hasAttribute('value')) seen.add(bar.value);
				requestAnimationFrame(look);
			};
			look();
			Object.assign(window, { seen, sameDocument: true });
		});
	}
	await startImport(page);
	for (const tab of [page, other]) {
		await expectResult(tab, { imported: 20_000 });
		const { steps, sameDocument } = await tab.evaluate(() => {
			const kept = window as unknown as { seen: Set<number>; sameDocument: boolean };
			return { steps: kept.seen.size, sameDocument: kept.sameDocument };
		});
		expect(sameDocument).toBe(true);
		expect(steps).toBeGreaterThan(2);
	}
});

test('files that are no statements are refused in words a person understands', async ({ meet, trouble }) => {
	trouble.allow(/api\/uploads.*(413|415|422)/, /Failed to load resource.*(413|415|422)/);
	const { page } = await meet('Ben');
	await open(page, '/uploads');

	await pickStatement(page, pictureNamedCsv());
	await expect(page.getByText('This is not a text file. Ask your bank for a CSV export.')).toBeVisible();
	await pickStatement(page, emptyFile());
	await expect(page.getByText('This file is empty. Export it from your bank once more.')).toBeVisible();
	const huge = hugeFile();
	const path = test.info().outputPath(huge.name); // handed over as it is: it would take a minute through the browser's own channel
	writeFileSync(path, huge.bytes);
	await page.getByLabel('Choose files').setInputFiles(path);
	await expect(page.getByText('This file is larger than 25 MB.')).toBeVisible();

	await page.reload();
	await expect(page.getByText('Your first import takes a minute'), 'nothing was kept').toBeVisible();
});

test('several files at once each get their own line', async ({ meet }) => {
	const { page } = await meet('Cleo');
	await open(page, '/uploads');
	const all = bookings(30);
	await dropStatements(page, statement(all.slice(0, 20), 'march.csv'), statement(all.slice(20), 'april.csv'));
	for (const name of ['march.csv', 'april.csv']) {
		await expect(page.getByRole('link', { name })).toContainText('Ready: look it over and start');
	}
});

test('a file that leaves a question open asks it and waits for the answer', async ({ meet }) => {
	const { page } = await meet('Dana');
	await readStatement(page, ambiguousStatement());
	await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled();
	await page.getByRole('button', { name: '03/04/2026 is Wednesday, 4 March 2026' }).click();
	await expect(page.getByText('is Wednesday, 4 March 2026')).toBeHidden();
	await startImport(page);
	await expectResult(page, { imported: 5 });
});

test('the same file again adds nothing, and a duplicate can be imported anyway', async ({ meet }) => {
	const { page } = await meet('Emil');
	const again = statement(bookings(25), 'march.csv');
	await importStatement(page, again, { imported: 25 });
	await importStatement(page, again, { imported: 0, duplicates: 25 });

	await page.getByRole('link', { name: '25 duplicates' }).click();
	await expect(page.getByText('Already there: same account, date, amount and text.').first()).toBeVisible();
	await page.getByRole('button', { name: 'Import anyway' }).first().click();
	await expect(toast(page, '1 row imported')).toBeVisible();
	await expectResult(page, { imported: 1, duplicates: 24 });
});

test('an overlapping file adds only what is new, and bad rows say why', async ({ meet }) => {
	const { page } = await meet('Finn');
	const all = bookings(40);
	await importStatement(page, statement(all.slice(0, 30)), { imported: 30 });
	const later = statement([...all.slice(20), '2020-02-31,No such day,-1.00'], 'later.csv');
	await importStatement(page, later, { imported: 10, duplicates: 10, rejected: 1 });
	await page.getByRole('link', { name: '1 rejected' }).click();
	await expect(page.getByText('“2020-02-31” is not a date.')).toBeVisible();
});

test('an import can be undone', async ({ meet }) => {
	const { page } = await meet('Gil');
	await importStatement(page, statement(bookings(12)), { imported: 12 });
	await page.getByRole('button', { name: 'Undo import' }).click();
	const question = page.getByRole('dialog', { name: /Undo the import of/ });
	await expect(question).toContainText('Its 12 transactions go, with the categories you set.');
	await question.getByRole('button', { name: 'Undo import' }).click();
	await expect(page.getByText('Undone, its transactions are gone')).toBeVisible();
	await open(page, '/transactions');
	await expect(page.getByText('Your transactions will be here')).toBeVisible();
	await expect(transaction(page, 'Bakery')).toHaveCount(0);
});

test('an import that runs can be cancelled, and nothing of it is kept', async ({ meet }) => {
	const { page } = await meet('Hedi');
	await readStatement(page, longStatement(100_000));
	await startImport(page);
	await page.getByRole('button', { name: 'Cancel import' }).click();
	await expect(page.getByText('Cancelled, nothing was kept')).toBeVisible();
	await open(page, '/transactions');
	await expect(page.getByText('Your transactions will be here')).toBeVisible();
});

test('a preview can be thrown away', async ({ meet }) => {
	const { page } = await meet('Ida');
	await readStatement(page, statement(bookings(12), 'march.csv'));
	await page.getByRole('button', { name: 'Discard' }).click();
	await expect(page.getByRole('link', { name: 'march.csv' })).toContainText('Cancelled, nothing was kept');
});
