/** Looking over what Quits only guesses: by keyboard, by thumb, on two screens at once. */
import type { Locator, Page } from '@playwright/test';
import { statement } from '../../support/statement.ts';
import { expect, test, type Person } from '../support/test.ts';
import { expectNoSideways, open, toast, transaction } from '../support/verbs.ts';

test.describe.configure({ timeout: 120_000 });

// Nobody knows these, so all of them wait; the last is known.
const texts = [
	...Array<string>(4).fill('Xqzzy Blorp'),
	...Array<string>(2).fill('Vrunk Tharl'),
	'Oomp Zibbet',
	'REWE 0293 HAMBURG'
];

async function openQueue({ importStatement, page }: Person) {
	await importStatement(
		statement(
			texts.map((text, n) => ({
				...{ text, amount: -1500 - 10 * n },
				date: `2026-03-${String(n + 1).padStart(2, '0')}`
			}))
		)
	);
	await open(page, '/review');
	await expectWaiting(page, 7);
}

const expectWaiting = (page: Page, count: number) =>
	expect(page.getByText(`${count} transaction${count === 1 ? '' : 's'} to look at`)).toBeVisible();

const item = (page: Page, merchant: string): Locator =>
	page
		.getByRole('list', { name: 'What waits for a look' })
		.getByRole('listitem')
		.filter({ hasText: merchant });

/** The button that says yes to the first guess of a merchant. */
const right = (page: Page, merchant: string): Locator =>
	item(page, merchant).getByRole('button', { name: new RegExp(`is right for ${merchant}`) });

const pick = async (page: Page, text: string) => {
	await expect(page.getByRole('combobox', { name: 'Choose a category' })).toBeFocused();
	await page.keyboard.type(text);
	await page.keyboard.press('Enter');
};

test('it is worked through by keyboard, and another tab follows', async ({ meet }) => {
	const ana = await meet('Ana');
	const { page, context } = ana;
	await openQueue(ana);
	const other = await context.newPage();
	await open(other, '/review');
	await expectWaiting(other, 7);

	await expect(right(page, 'Xqzzy Blorp'), 'it begins with the first').toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(right(page, 'Vrunk Tharl')).toBeFocused();
	await page.keyboard.press('k');
	await expect(right(page, 'Xqzzy Blorp')).toBeFocused();
	await page.keyboard.press('Enter');
	await expectWaiting(page, 6);
	await expect(right(page, 'Xqzzy Blorp'), 'the next one of the merchant').toBeFocused();
	await expect(item(page, 'Xqzzy Blorp')).toContainText('and 2 more like it');
	await expect(item(page, 'Xqzzy Blorp')).toContainText('You have said so of this merchant before');
	await expectWaiting(other, 6);

	await page.keyboard.press('c');
	await pick(page, 'pets');
	await expectWaiting(page, 5);
	await expectWaiting(other, 5);
	await page.keyboard.press('2');
	await expectWaiting(page, 4);

	await page.keyboard.press('ArrowDown');
	await expect(right(page, 'Vrunk Tharl')).toBeFocused();
	await page.keyboard.press('c');
	await pick(page, 'hobbies');
	await expect(item(page, 'Vrunk Tharl')).toContainText('You have said so of this merchant before');
	await expect(right(page, 'Vrunk Tharl')).toContainText('Hobbies');
	await page.keyboard.press('z');
	await expectWaiting(page, 4);
	await expect(page.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible();
	await expect(right(page, 'Vrunk Tharl')).toBeFocused();
	await expect(right(page, 'Vrunk Tharl')).not.toContainText('Hobbies');
	await page.keyboard.press('a');
	await expectWaiting(page, 2);
	await expect(item(page, 'Vrunk Tharl')).toHaveCount(0);
	await expect(item(other, 'Vrunk Tharl')).toHaveCount(0);

	await page.keyboard.press('z');
	await expectWaiting(page, 4);
	await expect(item(other, 'Vrunk Tharl')).toBeVisible();
	// The focus goes down the list by itself, and back to the last one that is left.
	for (const merchant of ['Vrunk Tharl', 'Oomp Zibbet', 'Xqzzy Blorp']) {
		while (!(await right(page, merchant).evaluate((button) => button === document.activeElement))) {
			await page.keyboard.press('j');
		}
		await page.keyboard.press('a');
		await expect(item(page, merchant)).toHaveCount(0);
	}
	await expect(page.getByText('Nothing left to look at')).toBeVisible();
	await expect(other.getByText('Nothing left to look at')).toBeVisible();
});

test('home and the list lead there, and a thumb is enough', async ({ meet }) => {
	const ben = await meet('Ben');
	const { page } = ben;
	await page.setViewportSize({ width: 390, height: 844 });
	await openQueue(ben);
	await expectNoSideways(page);
	await open(page, '/');
	await page.getByRole('link', { name: 'Have a look' }).click();
	await expectWaiting(page, 7);
	await item(page, 'Xqzzy Blorp')
		.getByRole('button', { name: /is right for all 4/ })
		.click();
	await expectWaiting(page, 3);
	await item(page, 'Oomp Zibbet').getByRole('button', { name: 'Choose another category' }).click();
	await page.getByRole('option', { name: 'Pets' }).click();
	await expectWaiting(page, 2);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expectWaiting(page, 3);
	await expectNoSideways(page);
	await open(page, '/transactions');
	await page.getByRole('link', { name: '3 transactions to look at' }).click();
	await expect(item(page, 'Oomp Zibbet')).toBeVisible();
});

test('what is said is learned: the reasons tell, the next import knows, and it can be taken back', async ({
	meet
}) => {
	const cleo = await meet('Cleo');
	const { page } = cleo;
	await openQueue(cleo);
	await item(page, 'Oomp Zibbet').getByText('Why?').click();
	await expect(item(page, 'Oomp Zibbet')).toContainText('Quits guessed this from the words');
	await item(page, 'Oomp Zibbet').getByRole('button', { name: 'Choose another category' }).click();
	await pick(page, 'pets');
	await expectWaiting(page, 6);

	await cleo.importStatement(
		statement([{ date: '2026-04-01', text: 'SQ *OOMP ZIBBET 4711 HAMBURG', amount: -990 }])
	);
	await open(page, '/transactions?q=oomp');
	await expect(transaction(page, 'Pets')).toHaveCount(2);
	await transaction(page, 'Oomp Zibbet').first().getByRole('button', { name: /Oomp/i }).click();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('Your own answer decided: you put “oomp zibbet” here once');
	await page.keyboard.press('Escape');

	await transaction(page, 'Oomp Zibbet').last().getByRole('button', { name: /Oomp/i }).click();
	await expect(sheet).toContainText('You chose this category, 1 time for “oomp zibbet”');
	await sheet.getByRole('button', { name: 'Let Quits guess again' }).click();
	await expect(sheet).toContainText('Quits guessed this from the words');
	await expect(toast(page, 'Quits guesses again')).toBeVisible();
	await open(page, '/review');
	// The other one too: it had been guessed by this word alone.
	await expectWaiting(page, 8);
});
