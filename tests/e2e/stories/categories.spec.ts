/** Categories of one's own: made, used, learned, renamed in another tab at the same time, hidden, and merged away. */
import type { Locator, Page } from '@playwright/test';
import { statement, type Booking } from '../../support/statement.ts';
import { expect, test } from '../support/test.ts';
import { expectNoSideways, open, toast, transaction } from '../support/verbs.ts';

const visits = (text: string, count: number, month: string): Booking[] =>
	Array.from({ length: count }, (_, n) => ({
		text,
		amount: -1500 - 10 * n,
		date: `2026-${month}-0${n + 1}`
	}));

const row = (page: Page, name: string): Locator =>
	page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });

async function act(page: Page, category: string, what: string) {
	await page.getByRole('button', { name: `What to do with ${category}` }).click();
	await page.getByRole('menuitem', { name: what }).click();
}

const chip = (page: Page, text: string): Locator =>
	transaction(page, text).first().locator('.category button');

test('one is made, the next payments get it, it is renamed before another tab’s eyes, and merged away', async ({
	meet,
	trouble
}) => {
	trouble.allow(/categories.create.* 409/, /Failed to load resource.*409/); // a name that is taken
	const ana = await meet('Ana');
	const { page, context } = ana;
	await ana.importStatement(statement(visits('Xqzzy Blorp', 2, '03')));

	await open(page, '/categories');
	await page.keyboard.press('n');
	const making = dialog(page, 'New category');
	await expect(making.getByLabel('Name')).toBeFocused();
	await making.getByLabel('Name').fill('Groceries');
	await making.getByLabel('Part of').selectOption('Travel');
	await page.keyboard.press('Enter');
	await expect(making).toContainText('Quits has a category or group of that name itself');
	await making.getByLabel('Name').fill('School trips');
	await page.keyboard.press('Enter');
	await expect(toast(page, 'Category saved')).toBeVisible();
	await expect(row(page, 'School trips')).toContainText('your own');
	await expect(page.getByRole('region', { name: 'Travel' })).toContainText('School trips');

	await open(page, '/transactions');
	await chip(page, 'Xqzzy Blorp').click();
	await expect(page.getByRole('combobox', { name: 'Choose a category' })).toBeFocused();
	await page.keyboard.type('school');
	await page.keyboard.press('Enter');
	await expect(toast(page, 'Xqzzy Blorp is now School trips')).toBeVisible();
	await page.getByRole('button', { name: 'Also' }).click();
	await expect(transaction(page, 'School trips')).toHaveCount(2);
	await ana.importStatement(statement(visits('XQZZY BLORP LONDON 4711', 3, '04')));
	await expect(transaction(page, 'School trips')).toHaveCount(5);
	await page.reload();
	await expect(transaction(page, 'School trips')).toHaveCount(5);

	const other = await context.newPage();
	await open(other, '/categories');
	await expect(row(other, 'School trips')).toContainText('5');
	await act(other, 'School trips', 'Rename or move');
	const changing = dialog(other, 'Change category');
	await changing.getByLabel('Name').fill('Excursions');
	await changing.getByLabel('Part of').selectOption('Entertainment');
	await changing.getByRole('button', { name: 'Save' }).click();
	await expect(other.getByRole('region', { name: 'Entertainment' })).toContainText('Excursions');
	await expect(transaction(page, 'Excursions')).toHaveCount(5);
	await expect(chip(page, 'Xqzzy Blorp')).toHaveAttribute('data-cat', 'entertainment');

	await act(other, 'Excursions', 'Hide where one is chosen');
	await expect(toast(other, 'Excursions is not offered any more')).toBeVisible();
	await expect(row(other, 'Excursions')).toContainText('hidden');
	await act(other, 'Excursions', 'Offer again');
	await expect(row(other, 'Excursions')).not.toContainText('hidden');

	await act(other, 'Excursions', 'Merge into another');
	const merging = dialog(other, 'Merge Excursions');
	await merging.getByRole('button', { name: 'Merge' }).click();
	await expect(merging.getByLabel('Into')).toBeFocused();
	await merging.getByLabel('Into').selectOption('Entertainment · Hobbies');
	await merging.getByRole('button', { name: 'Merge' }).click();
	await expect(toast(other, 'Excursions is merged into Hobbies: 5 transactions moved')).toBeVisible();
	await expect(row(other, 'Hobbies')).toContainText('5');
	await expect(row(other, 'Excursions')).toHaveCount(0);
	await expect(transaction(page, 'Hobbies')).toHaveCount(5);
});

test('by thumb: built-in ones that nobody needs are hidden, and come back', async ({ meet }) => {
	const ana = await meet('Ana', { locale: 'de' });
	const { page } = ana;
	await ana.importStatement(statement(visits('REWE 0293 HAMBURG', 2, '03')));
	await ana.api.categories.create.mutate({ name: 'Klassenfahrten', group: 'travel' });
	await page.setViewportSize({ width: 390, height: 800 });
	await open(page, '/categories');
	await expectNoSideways(page);
	await page.getByRole('button', { name: 'Auswählen, was angeboten wird' }).click();
	await expectNoSideways(page);
	await page.getByRole('button', { name: 'Flüge ausblenden' }).click();
	await expect(page.getByRole('button', { name: 'Flüge wieder anbieten' })).toBeVisible();
	await open(page, '/transactions');
	await page.getByRole('row').filter({ hasText: 'REWE' }).first().locator('.category button').click();
	const picker = page.getByRole('dialog', { name: 'Kategorie wählen' });
	await expect(picker.getByRole('option').first()).toContainText('Klassenfahrten');
	await expect(picker.getByRole('option', { name: 'Flüge' })).toHaveCount(0);
	await expect(picker.getByRole('option', { name: 'Hotels' })).toHaveCount(1);
});
