/** Rules: what somebody says once, and Quits does from then on. */
import type { Page } from '@playwright/test';
import { statement } from '../../support/statement.ts';
import { groupOf } from '../support/groups.ts';
import { germanStatement, household } from '../support/statements.ts';
import { expect, test } from '../support/test.ts';
import { open, toast, transaction } from '../support/verbs.ts';

const rule = (page: Page, text: string | RegExp) =>
	page.getByRole('main').getByRole('list').first().getByRole('listitem').filter({ hasText: text });

test('a rule is made of a transaction, changes those that are there, and is taken back', async ({ meet }) => {
	const ana = await meet('Ana');
	const { page, api } = ana;
	await ana.importStatement(germanStatement(household()));
	const count = (await api.transactions.list.query({ q: 'zqvx', limit: 200 })).items.length;
	await open(page, '/transactions?q=zqvx');
	await page.getByRole('button', { name: /zqvx/i }).first().click();
	await page.getByRole('link', { name: 'Make a rule of this' }).click();
	const dialog = page.getByRole('dialog', { name: 'New rule' });
	await expect(dialog.getByLabel('Words')).toHaveValue(/zqvx/i);

	// What is to be done is missing as long as nothing is chosen.
	const clear = dialog.getByRole('button', { name: 'Leave the category as it is' });
	if (await clear.isVisible()) await clear.click();
	await dialog.getByRole('button', { name: 'Save rule' }).click();
	await expect(dialog.getByText('Say what this rule is to do')).toBeVisible();

	await dialog.getByRole('button', { name: 'Leave as it is' }).click();
	await page.getByRole('combobox').last().fill('hobb');
	await page.keyboard.press('Enter');
	await dialog.getByLabel('Merchant’s name').fill('The club');
	await expect(dialog.getByText(`${count} would change`)).toBeVisible();
	await dialog.getByLabel(`Also change the ${count} that are there`).check();
	await dialog.getByRole('button', { name: 'Save rule' }).click();
	await expect(toast(page, `${count} transactions changed`)).toBeVisible();
	// It stays while the focus is on it.
	const undo = page.getByRole('button', { name: 'Undo' });
	await undo.focus();
	await expect(rule(page, /When the merchant is/)).toContainText('Hobbies');
	const changed = () => api.transactions.list.query({ q: 'the club', limit: 200 });
	expect((await changed()).items.map(({ categoryId, source }) => `${categoryId} ${source}`)).toEqual(
		Array(count).fill('hobbies rule')
	);

	// Each says which rule it was.
	const [first] = (await changed()).items;
	const other = await ana.context.newPage();
	await open(other, `/transactions?q=zqvx&open=${first!.id}`);
	await expect(other.getByText('Your rule chose this category:')).toBeVisible();
	await expect(transaction(other, 'The club').first()).toBeAttached();

	// Taken back, and the other tab sees it.
	await undo.click();
	await expect(toast(page, 'As it was before')).toBeVisible();
	expect((await changed()).items).toEqual([]);
	await expect(transaction(other, 'The club')).toHaveCount(0);
});

test('rules are put in order, turned off and removed by keyboard; another tab follows', async ({ meet }) => {
	const ana = await meet('Ana');
	const { page } = ana;
	await open(page, '/rules');
	await expect(page.getByText('Let Quits do what you always do')).toBeVisible();
	const other = await ana.context.newPage();
	await open(other, '/rules');
	for (const [value, categoryId] of [
		['one', 'books'],
		['two', 'music'],
		['three', 'games']
	] as const) {
		const conditions = {
			kind: 'all' as const,
			of: [{ kind: 'text' as const, test: 'contains' as const, value }]
		};
		await ana.api.rules.create.mutate({ conditions, actions: { categoryId } });
	}
	const texts = ['“one”', '“two”', '“three”'];
	const order = (on: Page) => expect(rule(on, /When/)).toContainText(texts);
	await order(page);
	await page.getByRole('button', { name: /Move .*“three”.* up/ }).focus();
	await page.keyboard.press('Enter');
	texts.splice(1, 2, '“three”', '“two”');
	await order(page);
	await expect(page.getByRole('button', { name: /Move .*“three”.* up/ })).toBeFocused();
	await page.keyboard.press('Enter');
	texts.splice(0, 2, '“three”', '“one”');
	await order(page);
	await expect(page.getByText('Now number 1 of 3')).toBeAttached();
	// It is the first by now, so that button is off.
	await expect(page.getByRole('button', { name: /Move .*“three”.* down/ })).toBeFocused();
	await order(other);

	await page.getByRole('checkbox', { name: /“one”/ }).press('Space');
	await expect(rule(page, '“one”')).toContainText('Off');
	await expect(rule(other, '“one”')).toContainText('Off');

	await page.getByRole('button', { name: /More for .*“one”/ }).press('Enter');
	await page.getByRole('menuitem', { name: 'Remove' }).press('Enter');
	await expect(rule(page, '“one”')).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await order(page);
	await expect(rule(page, '“one”')).toContainText('Off');
});

test('conditions in groups are filled in, and what comes in is split with a flat', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const { page } = ana;
	const flat = await groupOf('Flat 12', ana, ben);
	await open(ben.page, `/groups/${flat.id}`);
	await open(page, '/rules');
	await page.keyboard.press('n');
	const dialog = page.getByRole('dialog', { name: 'New rule' });
	await dialog.getByLabel('Words').fill('rewe');
	await dialog.getByRole('button', { name: 'Add condition' }).click();
	const second = dialog.getByRole('group', { name: 'What to look at 2' });
	await second.getByLabel('What to look at').selectOption({ label: 'Amount' });
	await second.getByLabel('From', { exact: true }).fill('50');
	await second.getByLabel('To', { exact: true }).fill('20');
	await dialog.getByLabel('Split with').selectOption({ label: 'Flat 12' });
	await dialog.getByRole('button', { name: 'Save rule' }).click();
	await expect(second.getByLabel('From', { exact: true })).toBeFocused(); // the wrong way round
	await second.getByLabel('From', { exact: true }).fill('20');
	await second.getByLabel('To', { exact: true }).fill('');
	await dialog.getByRole('radio', { name: 'In parts' }).check();
	await dialog.getByLabel('Parts of Ana').fill('3');
	await dialog.getByRole('button', { name: 'Save rule' }).click();
	await expect(rule(page, /at least €20\.00/)).toContainText('split with Flat 12');
	await ana.importStatement(
		statement([
			{ date: '2026-03-02', text: 'REWE Markt', amount: -4000 },
			{ date: '2026-03-03', text: 'REWE Markt', amount: -900 },
			{ date: '2026-03-04', text: 'Old Cinema', amount: -1100 }
		])
	);
	await expect(ben.page.getByText('You owe €10.00').first()).toBeVisible();
	await open(page, '/transactions?q=rewe');
	await expect(transaction(page, '40.00')).toContainText('Flat 12');
	await expect(transaction(page, '9.00')).not.toContainText('Flat 12');
});
