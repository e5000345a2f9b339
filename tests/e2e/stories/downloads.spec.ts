/** Taking much along: a long export is prepared while one goes on, and taken from Downloads. */
import { readFileSync } from 'node:fs';
import { longStatement } from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import { goTo, open, toast } from '../support/verbs.ts';

test('a long PDF is prepared in the background, and taken when it is there', async ({ meet }) => {
	test.slow(); // importing them takes its time too
	const { page, importStatement } = await meet('Ivo');
	await importStatement(longStatement(5_200));
	await open(page, '/exports');
	await expect(page.getByText('Large exports will wait here')).toBeVisible();
	await page.getByRole('link', { name: 'Go to transactions' }).click();
	await page.getByRole('button', { name: 'Export' }).click();
	const asPdf = page.getByRole('menuitem', { name: 'PDF' });
	await expect(asPdf).toContainText('5,200 rows: prepared in the background');
	await expect(page.getByRole('menuitem', { name: 'CSV' })).not.toContainText('background');
	await asPdf.click();
	await expect(toast(page, '“transactions.pdf” is being prepared')).toBeVisible();

	await goTo(page, 'Budgets');
	await expect(toast(page, '“transactions.pdf” is ready')).toBeVisible({ timeout: 60_000 });
	await page.getByRole('navigation').getByRole('button', { name: 'Ivo' }).click();
	await page.getByRole('menuitem', { name: 'Downloads' }).click();
	const item = page.getByRole('listitem').filter({ hasText: 'transactions.pdf' });
	await expect(item).toContainText(/MB, goes in 24 hours/);
	const coming = page.waitForEvent('download');
	await item.getByRole('link', { name: 'Download transactions.pdf' }).click();
	const file = await coming;
	expect(file.suggestedFilename()).toBe('transactions.pdf');
	const pdf = readFileSync(await file.path(), 'latin1');
	expect(pdf).toMatch(/^%PDF-[^]*%%EOF\s*$/);
	expect(pdf.match(/\/Type \/Page\b/g)!.length, 'pages').toBeGreaterThan(50);

	await item.getByRole('button', { name: 'Remove transactions.pdf' }).click();
	await expect(page.getByText('Large exports will wait here')).toBeVisible();
});

test('an export moves before the eyes of whoever waits for it, and can be cancelled', async ({ meet }) => {
	test.slow();
	const { page, api, importStatement } = await meet('Jana');
	await importStatement(longStatement(20_000));
	await open(page, '/exports');
	await api.exports.create.mutate({ file: 'transactions.pdf' });
	const item = page.getByRole('listitem').filter({ hasText: 'transactions.pdf' });
	await expect(item.getByRole('progressbar')).toBeVisible();
	await expect(item).toContainText(/of 20,000 rows|20,000 rows are read/, { timeout: 60_000 });
	await item.getByRole('button', { name: 'Cancel transactions.pdf' }).click();
	await expect(item).toContainText('Cancelled, nothing was kept');
});
