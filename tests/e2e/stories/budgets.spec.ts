/** Budgets: what somebody plans to spend, and how they are told before it bursts. */
import type { Locator, Page } from '@playwright/test';
import { statement } from '../../support/statement.ts';
import { groupOf, spend } from '../support/groups.ts';
import { germanStatement, household } from '../support/statements.ts';
import { expect, test, type Person } from '../support/test.ts';
import { goTo, open, toast, transaction } from '../support/verbs.ts';

/** Where the people of the stories live it may be tomorrow already. */
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format();

const card = (page: Page, name: string): Locator => page.getByRole('article', { name });

/** How much of a budget its bar says is spent, in percent. */
const expectPercent = (page: Page, name: string, percent: number, options = {}) =>
	expect(page.getByRole('meter', { name })).toHaveAttribute('aria-valuenow', String(percent), options);

const shop = (amount: number) => statement([{ date: today, text: 'REWE Markt Berlin', amount }]);

const food = (more: object = {}) => ({
	...{
		name: 'Food',
		categoryIds: ['groceries'],
		currency: 'EUR',
		amount: 50_000,
		period: 'monthly' as const
	},
	...more
});

const make = async ({ api }: Person, more: object = {}) => (await api.budgets.create.mutate(food(more))).id;

test('a budget is made with what Quits suggests; spending moves its bar, and the alert comes by itself', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const { page } = ana;
	await ana.importStatement(germanStatement(household()));
	await open(page, '/');
	await goTo(page, 'Budgets');
	await expect(page.getByText('Decide what may be spent')).toBeVisible();
	await page.keyboard.press('n');
	const dialog = page.getByRole('dialog', { name: 'New budget' });

	// What is missing is said where it is missing, and what was typed stays.
	await dialog.getByLabel('Amount').fill('a lot');
	await dialog.getByRole('button', { name: 'Make budget' }).click();
	await expect(dialog.getByText('Enter an amount above zero')).toBeVisible();
	await expect(dialog.getByText('This must not be empty')).toBeVisible();
	await expect(dialog.getByLabel('Name')).toBeFocused();
	await expect(dialog.getByLabel('Amount')).toHaveValue('a lot');

	await dialog.getByLabel('Name').fill('Groceries');
	await dialog.getByRole('button', { name: 'Add category' }).click();
	await page.keyboard.type('grocer');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('button', { name: 'Without Groceries' })).toBeVisible();
	await dialog.getByRole('button', { name: 'as in the last periods' }).click();
	await expect(dialog.getByLabel('Amount')).toHaveValue(/^\d+\.00$/);
	await dialog.getByLabel('Amount').fill('1000');
	await dialog.getByRole('button', { name: '90%', exact: true }).click();
	await dialog.getByLabel('Another percentage').fill('300');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('button', { name: '300%' })).toHaveAttribute('aria-pressed', 'true');
	// An eleventh would push another one out.
	for (const more of ['301', '302', '303', '304', '305']) {
		await dialog.getByLabel('Another percentage').fill(more);
		await page.keyboard.press('Enter');
	}
	await dialog.getByRole('button', { name: '120%' }).click();
	await expect(dialog.getByText('10 at most: take one away first.')).toBeVisible();
	await expect(dialog.getByRole('button', { name: '305%' })).toHaveAttribute('aria-pressed', 'true');
	await expect(dialog.getByRole('button', { name: '120%' })).toHaveAttribute('aria-pressed', 'false');
	await dialog.getByRole('button', { name: '305%' }).click();
	await expect(dialog.getByText('10 at most')).toBeHidden();
	await dialog.getByRole('button', { name: 'Make budget' }).click();
	await expect(toast(page, '“Groceries” is made')).toBeVisible();
	await expect(card(page, 'Groceries')).toContainText('of €1,000.00');
	await expect(card(page, 'Groceries')).toContainText('At this pace');
	await expect(page.getByText('Where does this month stand?')).toBeVisible();

	const [before] = await ana.api.budgets.list.query();
	await ana.importStatement(shop(-110_000));
	const percent = Math.floor((before!.status.spent + 110_000) / 1_000);
	await expectPercent(page, 'Groceries', percent);
	await expect(toast(page, '“Groceries” has burst')).toBeVisible();
	await expect(card(page, 'Groceries')).toContainText('over');
	await expect(page.getByRole('link', { name: /Notifications/ }).first()).toContainText('unread');

	// On whatever page is open.
	await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Look' }).click();
	await expect(page.getByRole('heading', { name: 'Groceries', level: 1 })).toBeVisible();
	await open(page, '/recurring');
	await ana.importStatement(shop(-210_000));
	await expect(toast(page, '“Groceries” has burst')).toBeVisible();
	await goTo(page, 'Home');
	await expect(page.getByRole('meter', { name: 'Groceries' })).toBeVisible();
	await goTo(page, 'Notifications');
	await expect(page.getByText('“Groceries” is used up').first()).toBeVisible();
});

test('a budget tells its past, what it has said and how, and leads to what was spent', async ({ meet }) => {
	const ana = await meet('Ana');
	const { page } = ana;
	await ana.importStatement(germanStatement(household()));
	const id = await make(ana, { amount: 10_000, rollOver: true });
	await ana.importStatement(shop(-9_000));
	await open(page, `/budgets/${id}`);
	await expect(page.getByRole('row').filter({ hasText: 'before the budget' }).first()).toBeVisible();
	await expect(page.getByText('rolls over')).toBeVisible();

	const alert = page.getByRole('article').filter({ hasText: 'was reached' }).first();
	await expect(alert).toBeVisible();
	await alert.locator('summary').click();
	await expect(alert.getByText('Email', { exact: true }).last()).toBeVisible();
	await expect(alert.getByText('in the outbox: no mail server is set up')).toBeVisible();

	// Whoever has looked at it has read the notification of it; that of the imports is still there.
	await expect(page.getByRole('link', { name: /Notifications/ }).first()).toContainText('2 unread');
	const { items } = await ana.api.notifications.list.query();
	expect(items.filter(({ readAt }) => readAt === null).map(({ kind }) => kind)).toEqual([
		...['upload_done', 'upload_done']
	]);

	await page.getByRole('link', { name: 'See its transactions' }).click();
	await expect(transaction(page, 'REWE').first()).toBeVisible();
	await expect(page.getByText('Groceries').first()).toBeVisible();
	await expect(transaction(page, 'Netflix')).toHaveCount(0);

	await page.goBack();
	await expect(page.getByRole('heading', { name: 'Food', level: 1 })).toBeVisible();
	await page.keyboard.press('e');
	const dialog = page.getByRole('dialog', { name: 'Change “Food”' });
	await dialog.getByLabel('Amount').fill('1.234,50');
	await dialog.getByLabel('Period', { exact: true }).selectOption('Every week');
	await dialog.getByLabel('Begins on').selectOption('Sunday');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('weekly from Sunday')).toBeVisible();
	await expect(page.getByText('of €1,234.50').first()).toBeVisible();

	await page.getByRole('button', { name: 'Remove' }).click();
	await expect(page).toHaveURL(/\/budgets$/);
	await expect(page.getByText('Decide what may be spent')).toBeVisible();
	await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
	await expect(card(page, 'Food')).toBeVisible();
});

test('other tabs follow what moves a budget, and show that it is gone', async ({ meet, trouble }) => {
	trouble.allow(/Failed to load resource.*404/, /budgets\.get.* 404/);
	const ana = await meet('Ana');
	const { page, api } = ana;
	await ana.importStatement(shop(-9_000));
	const id = await make(ana, { amount: 100_000 });
	const other = await ana.context.newPage();
	await open(page, '/budgets');
	await open(other, `/budgets/${id}`);
	await expectPercent(page, 'Food', 9);

	const [spent] = (await api.transactions.list.query({})).items;
	await api.transactions.setCategory.mutate({ id: spent!.id, categoryId: 'clothing' });
	await expectPercent(page, 'Food', 0);
	await expectPercent(other, 'Food', 0);
	await api.budgets.update.mutate({ id, version: 1, name: 'Clothes', categoryIds: ['clothing'] });
	await expectPercent(page, 'Clothes', 9);
	await expect(other.getByRole('heading', { name: 'Clothes', level: 1 })).toBeVisible();
	await api.budgets.remove.mutate({ id });
	await expect(page.getByText('Decide what may be spent')).toBeVisible();
	await expect(other.getByRole('heading', { name: 'Clothes', level: 1 })).toBeHidden();
	await api.budgets.restore.mutate({ id });
	await expectPercent(page, 'Clothes', 9);
});

test('a group has a budget: both see it, what the other spends, and the alert', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await open(ana.page, `/groups/${group.id}/budgets`);
	await open(ben.page, `/groups/${group.id}/budgets`);
	await expect(ben.page.getByText('No budgets in this group yet')).toBeVisible();
	await expect(ben.page.getByRole('img', { name: 'Ana' })).toBeVisible();

	await ana.page.getByRole('button', { name: 'New budget' }).click();
	const dialog = ana.page.getByRole('dialog', { name: 'New budget' });
	await expect(dialog.getByLabel('My share only')).toBeHidden();
	await dialog.getByLabel('Name').fill('All of us');
	await dialog.getByLabel('Amount').fill('100');
	await dialog.getByRole('button', { name: 'Make budget' }).click();
	await expect(card(ben.page, 'All of us')).toContainText('€100.00 left');

	await spend(ben, group, { description: 'Pizza night', amount: 6_000, date: today });
	await expectPercent(ana.page, 'All of us', 60);
	await expectPercent(ben.page, 'All of us', 60);
	await expect(toast(ana.page, '“All of us”: 60% is spent')).toBeVisible();
	await expect(toast(ben.page, '“All of us”: 60% is spent')).toBeVisible();

	// Ben is somewhere else when it bursts; Ana adds the expense that a link has filled in.
	await open(ben.page, '/transactions');
	await open(ana.page, `/groups/${group.id}/add?amount=64.90&description=Dinner&category=restaurants`);
	await expect(ana.page.getByRole('textbox', { name: 'Amount', exact: true })).toHaveValue('64.90');
	await ana.page.getByRole('button', { name: 'Add expense' }).click();
	await expect(toast(ben.page, '“All of us” has burst: 124% is spent')).toBeVisible();
	await expect(toast(ana.page, '“All of us” has burst')).toBeVisible();

	await open(ben.page, '/budgets');
	await expect(card(ben.page, 'All of us')).toContainText('€24.90 over');
	await expect(card(ben.page, 'All of us').getByRole('link', { name: 'Flat 12' })).toBeVisible();
	await open(ana.page, `/groups/${group.id}/activity`);
	await expect(ana.page.getByText('Ana made the budget “All of us”')).toBeVisible();
});

test('two who change one budget see what the other did, and nothing is lost', async ({ meet, trouble }) => {
	trouble.allow(/budgets\.update.* 409/, /Failed to load resource.*409/);
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	const id = await make(ana, { groupId: group.id });
	const { page } = ana;
	await open(page, `/groups/${group.id}/budgets`);
	const edit = async (name = 'Food') => {
		await page.getByRole('button', { name: `What to do with ${name}` }).click();
		await page.getByRole('menuitem', { name: 'Change' }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
	};
	const dialog = page.getByRole('dialog');
	const bens = async (changes: object) => {
		const { version } = await ben.api.budgets.get.query({ id });
		await ben.api.budgets.update.mutate({ id, version, ...changes });
	};

	// What only one of them has touched is kept without a question.
	await edit();
	await dialog.getByLabel('Name').fill('Food and drink');
	await bens({ amount: 60_000 });
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(card(page, 'Food and drink')).toContainText('of €600.00');

	await edit('Food and drink');
	await dialog.getByLabel('Amount').fill('700');
	await bens({ amount: 80_000, rollOver: true });
	await dialog.getByRole('button', { name: 'Save' }).click();
	const both = dialog.getByRole('region', { name: 'Somebody changed this budget' });
	await expect(both.getByRole('row').filter({ hasText: 'Amount' })).toContainText('€700.00');
	await expect(both.getByRole('row').filter({ hasText: 'Amount' })).toContainText('€800.00');
	await expect(both.getByRole('row')).toHaveCount(2);
	await expect(both.getByText('Also taken over: Roll over')).toBeVisible();
	await both.getByRole('button', { name: 'Keep mine' }).click();
	await expect(card(page, 'Food and drink')).toContainText('of €700.00');
	expect(await ben.api.budgets.get.query({ id })).toMatchObject({ amount: 70_000, rollOver: true });

	await edit('Food and drink');
	await dialog.getByLabel('Name').fill('Eating');
	await dialog.getByLabel('Amount').fill('750');
	await bens({ amount: 90_000 });
	await dialog.getByRole('button', { name: 'Save' }).click();
	await both.getByRole('button', { name: 'Take what is there' }).click();
	await expect(dialog.getByLabel('Amount')).toHaveValue('900.00');
	await expect(both).toBeHidden();
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(card(page, 'Eating')).toContainText('of €900.00');
});
