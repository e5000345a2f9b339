/** Living with the list: finding, sorting, looking over. */
import { readFileSync } from 'node:fs';
import { germanStatement, household, longStatement } from '../support/statements.ts';
import { expect, test, type Person } from '../support/test.ts';
import { open, toast, transaction } from '../support/verbs.ts';

/** Half a year of a household is imported; the page shows it. */
async function openList({ importStatement, page }: Person, query = '') {
	await importStatement(germanStatement(household()));
	await open(page, `/transactions${query}`);
}

test('a category is changed by keyboard, and others like it follow', async ({ meet }) => {
	const ana = await meet('Ana');
	const { page } = ana;
	await openList(ana);
	const unknown = transaction(page, 'Zqvx').first();
	await expect(unknown).toBeVisible();

	const name = unknown.getByRole('button', { name: 'Zqvx' });
	while (!(await name.evaluate((button) => button === document.activeElement)))
		await page.keyboard.press('j');
	await page.keyboard.press('c');
	await expect(page.getByRole('combobox', { name: 'Choose a category' })).toBeFocused();
	await page.keyboard.type('pets');
	await page.keyboard.press('Enter');
	await expect(unknown.getByRole('button', { name: 'Pets', exact: true })).toBeVisible();
	await expect(name, 'the focus is back where it was').toBeFocused();

	await page.getByRole('button', { name: /Also \d+ like it/ }).click();
	await expect(toast(page, /\d+ transactions changed/)).toBeVisible();
	await page.reload();
	const all = transaction(page, 'Zqvx');
	await expect(all.first()).toContainText('Pets');
	await expect(all.filter({ hasNotText: 'Pets' })).toHaveCount(0);
});

test('a change of category can be taken back', async ({ meet }) => {
	const ben = await meet('Ben');
	const { page } = ben;
	await openList(ben);
	const groceries = transaction(page, 'REWE').first();
	await groceries.getByRole('button', { name: /Groceries/ }).click();
	await page.getByRole('combobox').fill('coffee');
	await page.getByRole('option', { name: 'Coffee' }).click();
	await expect(groceries).toContainText('Coffee');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(groceries).toContainText('Groceries');
});

test('search and filters stand in the address and survive a reload', async ({ meet }) => {
	const cleo = await meet('Cleo');
	const { page } = cleo;
	await openList(cleo);
	await page.keyboard.press('/');
	await page.keyboard.type('rewe');
	await expect(page).toHaveURL(/q=rewe/);
	await expect(transaction(page, 'Netflix')).toHaveCount(0);

	await page.getByRole('button', { name: 'Filter', exact: true }).click();
	const panel = page.getByRole('dialog', { name: 'Filter' });
	await panel.getByLabel('Category').selectOption({ label: '\u2003Groceries' });
	await expect(page).toHaveURL(/categoryId=groceries/);
	await page.keyboard.press('Escape');

	await page.reload();
	await expect(page.getByRole('searchbox')).toHaveValue('rewe');
	await expect(transaction(page, 'REWE').first()).toBeVisible();
	const chips = page.getByRole('list', { name: 'Filters that are set' });
	await expect(chips).toContainText('Groceries');
	await chips.getByRole('button', { name: 'Remove filter: Groceries' }).click();
	await expect(page).not.toHaveURL(/categoryId/);

	await page.getByRole('searchbox').fill('nothing of the kind');
	await expect(page.getByText('No transaction fits')).toBeVisible();
	await page.getByRole('button', { name: 'All transactions' }).click();
	await expect(transaction(page, 'Netflix').first()).toBeVisible();
});

test('several are put into a category at once', async ({ meet }) => {
	const emil = await meet('Emil');
	const { page } = emil;
	await openList(emil, '?q=dm-drogerie');
	await page.getByRole('button', { name: 'Select several' }).click();
	const boxes = page.getByRole('checkbox', { name: /^Select/ });
	await boxes.nth(0).check();
	await boxes.nth(1).check();
	await page
		.getByRole('region', { name: 'Selection' })
		.getByRole('button', { name: 'Choose category' })
		.click();
	await page.getByRole('combobox').fill('children');
	await page.keyboard.press('Enter');
	await expect(toast(page, '2 transactions changed')).toBeVisible();
	await expect(transaction(page, 'Children')).toHaveCount(2);
});

test('a transaction opens with its reasons, and its note is kept', async ({ meet }) => {
	const finn = await meet('Finn');
	const { page } = finn;
	await openList(finn, '?q=rewe');
	await transaction(page, 'REWE').first().getByRole('button', { name: /REWE/i }).first().click();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('Quits guessed this from the words');
	await expect(sheet).toContainText('What the bank wrote');
	await sheet.getByLabel('Note').fill('birthday cake');
	await sheet.getByRole('button', { name: 'Save' }).click();
	await page.keyboard.press('Escape');
	await page.reload();
	await expect(page.getByText('birthday cake')).toBeVisible();
});

test('a list of 20,000 scrolls to its end', async ({ meet }) => {
	test.slow(); // importing them takes its time too
	const { page, importStatement } = await meet('Gil');
	await importStatement(longStatement(20_000));
	await open(page, '/transactions');
	await expect(transaction(page, 'receipt').first()).toBeVisible();
	const oldest = page.getByRole('heading', { name: 'Monday, 1 January 2018' });
	await page.evaluate(() => {
		const down = () => {
			scrollTo({ top: document.documentElement.scrollHeight });
			requestAnimationFrame(down);
		};
		down();
	});
	await expect(oldest).toBeVisible({ timeout: 120_000 });
	await expect(transaction(page, 'receipt 1000')).toBeVisible();
	const rows = await page.getByRole('row').count();
	expect(rows, 'only what is near the screen is in the page').toBeLessThan(120);
});

test('what the filters find can be downloaded', async ({ meet }) => {
	const flora = await meet('Flora');
	const { page } = flora;
	await openList(flora, '?q=rewe');
	const download = async (format: string) => {
		await page.getByRole('button', { name: 'Export' }).click();
		const coming = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: format }).click();
		return coming;
	};
	expect((await download('PDF')).suggestedFilename()).toBe('transactions.pdf');
	const file = await download('CSV');
	expect(file.suggestedFilename()).toBe('transactions.csv');
	const [header, ...lines] = readFileSync(await file.path(), 'utf8')
		.trimEnd()
		.split('\r\n');
	expect(header).toMatch(/^date,amount,currency,/);
	expect(lines.length).toBeGreaterThan(5);
	expect(lines.filter((line) => !/rewe/i.test(line))).toEqual([]);
	await expect(transaction(page, 'REWE').first(), 'the page stays').toBeVisible();
});
