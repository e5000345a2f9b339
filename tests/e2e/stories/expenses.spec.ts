/** Expenses: added with a thumb, changed by two at once, paid, written down without a network, taken from the bank. */
import type { Page } from '@playwright/test';
import { addDays } from '#lib/dates.ts';
import { addName, groupOf, spend, type Group } from '../support/groups.ts';
import { file, statement } from '../../support/statement.ts';
import { today } from '../support/statements.ts';
import { expect, test, type Person } from '../support/test.ts';
import { expectNoSideways, open, toast, transaction } from '../support/verbs.ts';

/** The page is there and hears of changes: it shows who else looks. */
const hears = (page: Page, name: string) =>
	expect(page.getByRole('list', { name: 'Here now' }).getByRole('img', { name })).toBeVisible();

const row = (page: Page, text: string) => page.locator('[data-row]').filter({ hasText: text });

const amount = (page: Page) => page.getByLabel('Amount', { exact: true });

/** The line of a person in the split, or among the shares of an expense. */
const line = (page: Page, name: string) =>
	page.getByRole('main').getByRole('listitem').filter({ hasText: name });

const changed = async (
	{ api }: Person,
	id: string,
	change: { description?: string; notes?: string; date?: string }
) => {
	const { version, date, description, notes, split, currency, amount, payers } = await api.expenses.get.query(
		{ id }
	);
	await api.expenses.update.mutate({
		...{ id, version, date, description, notes, split, currency, amount, payers },
		...change
	});
};

test('on a phone an expense takes three taps and an amount', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	await spend(ben, group, { description: 'Tram tickets', amount: 600 });
	const { page } = ana;
	await page.setViewportSize({ width: 390, height: 844 });
	await open(page, `/groups/${group.id}`);
	await open(ben.page, `/groups/${group.id}`);
	await hears(ben.page, 'Ana');

	await page.getByRole('link', { name: 'Add expense' }).click();
	await expect(amount(page)).toBeFocused();
	await page.keyboard.type('24,70');
	await page.getByRole('button', { name: 'Tram tickets' }).click();
	await expectNoSideways(page);
	await page.getByRole('button', { name: 'Add expense' }).click();

	await expect(toast(page, '“Tram tickets” is added')).toBeVisible();
	await expect(row(page, 'You paid €24.70')).toContainText('you lent €12.35');
	await expect(row(ben.page, 'Ana paid €24.70')).toContainText('you borrowed €12.35');
});

test('every way to split shows the shares as they are typed, and mends what does not add up', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const { page } = ana;
	const group = await groupOf('Lisbon', ana);
	await addName(ana, group, 'Ben');
	await addName(ana, group, 'Cleo');
	await open(page, `/groups/${group.id}/add`);
	const way = (name: string) => page.getByRole('radio', { name, exact: true }).check();
	const save = page.getByRole('button', { name: 'Add expense' });

	await save.click();
	await expect(page.getByText('How much was it?')).toBeVisible();
	await expect(amount(page)).toBeFocused();
	await page.keyboard.type('10');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('What for')).toBeFocused();
	await page.keyboard.type('Pastéis');
	await expect(page.getByText('odd €0.01')).toHaveCount(1);
	await expect(page.getByText('€3.33')).toHaveCount(2);

	await way('Amounts');
	await page.getByLabel('Amount of Ana').fill('5');
	await expect(line(page, 'Ben')).toContainText('€2.50');
	await page.getByLabel('Amount of Ben').fill('3');
	await page.getByLabel('Amount of Cleo').fill('2.01');
	await expect(page.getByText('€0.01 over')).toBeVisible();
	await page.getByRole('button', { name: 'Take it off …' }).click();
	await page.getByRole('menuitem', { name: 'Ben' }).click();
	await expect(page.getByLabel('Amount of Ben')).toHaveValue('2.99');
	await expect(page.getByText('€0.01 over')).toBeHidden();

	await way('Per cent');
	await page.getByLabel('Per cent of Ana').fill('50');
	await expect(line(page, 'Cleo')).toContainText('€2.50');
	await way('Shares');
	await page.getByLabel('Shares of Ana').fill('2');
	await expect(line(page, 'Ana')).toContainText('€5.00');
	await way('Plus');
	await page.getByLabel('What Ana pays more').fill('1');
	await expect(line(page, 'Ana')).toContainText('€4.00');

	await way('Items');
	await page.getByLabel('What item 1 is').fill('Cake');
	await page.getByLabel('Price of item 1').fill('8');
	await page.getByRole('group', { name: 'Who had item 1' }).getByRole('button', { name: 'Ana' }).click();
	await page.getByLabel('Tip').fill('1');
	await expect(page.getByText('€1.00 missing')).toBeVisible();
	await page.getByRole('button', { name: 'Make the amount €9.00' }).click();
	await expect(amount(page)).toHaveValue('9.00');

	await page.getByLabel('Currency').selectOption('USD');
	await page.getByRole('button', { name: 'Convert to EUR' }).click();
	await expect(page.getByText('The rate is missing.')).toBeVisible();
	await save.click();
	await expect(page.getByText('Type the rate, or switch the conversion off.')).toBeVisible();
	await page.getByLabel('1 USD = … EUR').fill('0.5');
	await expect(page.getByText('US$9.00 are €4.50')).toBeVisible();
	await save.click();
	await row(page, 'Pastéis').click();
	await expect(page.getByText('€4.50 at 1 USD = 0.5 EUR')).toBeVisible();
	await expect(line(page, 'Cleo').first()).toContainText('€2.25');
});

test('two people change an expense at once, and neither loses anything', async ({ meet, trouble }) => {
	// The answer that somebody else was faster.
	trouble.allow(/expenses\.update\S* 409$/, /status of 409/);
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	const id = await spend(ana, group, { description: 'Dinner', amount: 4000 });
	const { page } = ana;
	const save = page.getByRole('button', { name: 'Save' });
	const edit = async () => {
		await open(page, `/groups/${group.id}/expenses/${id}`);
		await page.getByRole('link', { name: 'Edit' }).click();
		await expect(amount(page)).toHaveValue('40.00');
	};

	await edit();
	await page.getByRole('button', { name: 'Notes' }).click();
	await page.getByLabel('Notes').fill('With wine');
	await changed(ben, id, { date: addDays(today, -1) });
	await expect(page.getByText('Ben has just changed this expense. What you typed is kept.')).toBeVisible();
	await expect(page.getByLabel('Notes')).toHaveValue('With wine');
	await save.click();
	await expect(toast(page, 'Saved, with what was changed meanwhile')).toBeVisible();
	expect(await ben.api.expenses.get.query({ id })).toMatchObject({
		date: addDays(today, -1),
		notes: 'With wine'
	});

	await edit();
	await page.getByLabel('What for').fill('Supper');
	await page.getByLabel('Notes').fill('With water');
	await changed(ben, id, { description: 'Feast', notes: 'With beer', date: today });
	await save.click();
	const dialog = page.getByRole('dialog', { name: 'Ben changed this too' });
	await expect(dialog.getByText('Feast')).toBeVisible();
	await expect(dialog.getByText('Supper')).toBeVisible();
	await expect(dialog).toContainText('Also kept from Ben');
	await dialog.getByRole('radio', { name: /Feast/ }).check();
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('heading', { name: 'Feast', level: 1 })).toBeVisible();
	expect(await ben.api.expenses.get.query({ id })).toMatchObject({
		description: 'Feast',
		notes: 'With water',
		date: today
	});
	await expect(page.getByRole('region', { name: 'History' })).toContainText('With beer');

	await edit();
	await page.getByLabel('What for').fill('Last supper');
	await ben.api.expenses.remove.mutate({ id });
	await save.click();
	await page.getByRole('dialog', { name: 'Ben removed this expense' }).getByRole('button').last().click();
	await expect(page.getByRole('heading', { name: 'Last supper', level: 1 })).toBeVisible();
	expect((await ben.api.expenses.get.query({ id })).deletedAt).toBeNull();
});

test('a share is marked as paid, commented and removed, and the other sees it at once', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	const id = await spend(ana, group, { description: 'Dinner', amount: 4000 });
	await open(ben.page, `/groups/${group.id}`);
	await open(ana.page, `/groups/${group.id}`);
	await hears(ana.page, 'Ben');
	await row(ana.page, 'Dinner').click();
	await row(ben.page, 'Dinner').click();
	await expect(ana.page.getByRole('button', { name: 'Mark the share of Ben as paid' })).toBeVisible();

	await ben.page.getByRole('button', { name: 'Mark the share of Ben as paid' }).click();
	await expect(ana.page.getByRole('button', { name: 'The share of Ben is paid.' })).toBeVisible();
	await expect(ana.page.getByRole('region', { name: 'What was paid for it' })).toContainText('Ben paid you');
	await ana.page.getByRole('button', { name: 'The share of Ben is paid.' }).click();
	await expect(ben.page.getByRole('button', { name: 'Mark the share of Ben as paid' })).toBeVisible();

	await ben.page.getByLabel('Say something about it').fill('I had no dessert');
	await ben.page.keyboard.press('Enter');
	await expect(ana.page.getByText('I had no dessert')).toBeVisible();

	await ana.page.getByRole('button', { name: 'Remove' }).click();
	await expect(ben.page.getByText('Ana removed this expense')).toBeVisible();
	await ana.page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
	await expect(ben.page.getByText('Ana removed this expense')).toBeHidden();
	expect((await ben.api.expenses.get.query({ id })).deletedAt).toBeNull();
});

test('what was paid for an expense that is changed stays there, and either of the two takes it back', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const dora = await meet('Dora', { apart: true });
	const group = await groupOf('Lisbon', ana, ben, dora);
	const id = await spend(ana, group, { description: 'Dinner', amount: 6000 });
	const member = (name: string) => ({ memberId: group.members[name]! });
	await ben.api.shares.setPaid.mutate({ expenseId: id, ...member('Ben'), paid: true });
	for (const { page } of [ben, dora]) await open(page, `/groups/${group.id}`);
	await hears(ben.page, 'Dora');
	await hears(dora.page, 'Ben');
	for (const { page } of [ben, dora]) await row(page, 'Dinner').click();
	const paid = (page: Page) => page.getByRole('region', { name: 'What was paid for it' });
	await expect(ben.page.getByRole('button', { name: 'The share of Ben is paid.' })).toBeVisible();
	await expect(dora.page.getByRole('button', { name: /share of Ben/ })).toHaveCount(0);
	await expect(paid(dora.page).getByRole('button')).toHaveCount(0);

	// It was Dora who had paid: Ben owes her, and what he gave to Ana stays to be seen.
	const now = await ana.api.expenses.get.query({ id });
	const { description, date, currency, amount, split } = now;
	const same = { id, description, date, currency, amount };
	const payers = [{ ...member('Dora'), amount }];
	const { version } = await ana.api.expenses.update.mutate({ ...same, version: now.version, split, payers });
	await expect(ben.page.getByRole('button', { name: 'Mark the share of Ben as paid' })).toBeVisible();
	await expect(dora.page.getByRole('button', { name: 'Mark the share of Ben as paid' })).toBeVisible();
	await expect(paid(ben.page)).toContainText('You paid Ana');

	// And Ben was not even there.
	const among = { mode: 'equal' as const, members: [member('Ana'), member('Dora')] };
	await ana.api.expenses.update.mutate({ ...same, version, split: among, payers });
	await expect(ben.page.getByRole('button', { name: /share of Ben/ })).toHaveCount(0);
	await expectNoSideways(ben.page);
	await paid(ben.page).getByRole('button', { name: 'You paid Ana. Take that payment back' }).click();
	await ben.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(paid(ben.page)).toBeHidden();
	await expect(paid(dora.page)).toBeHidden();
});

/** A picture of one dot. */
const dot = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);

test('a bill that comes every month goes in with its receipt, paid by two', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	const { page } = ana;
	await open(page, `/groups/${group.id}/add`);
	await amount(page).fill('60');
	await page.getByLabel('What for').fill('Internet');
	await page.getByLabel('Paid by').selectOption('Several people …');
	await page.getByLabel('Ana paid').fill('45');
	await expect(page.getByText('€15.00 missing')).toBeVisible();
	await page.getByRole('button', { name: 'Give it to …' }).click();
	await page.getByRole('menuitem', { name: 'Ben' }).click();
	await expect(page.getByLabel('Ben paid')).toHaveValue('15.00');
	await page.getByRole('button', { name: 'Comes again' }).click();
	await expect(page.getByText('The next one is added by itself on')).toBeVisible();
	await page.getByRole('button', { name: 'Receipt', exact: true }).click();
	const choose = page.getByLabel('Choose a picture or PDF');
	await choose
		.last()
		.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.alloc(11e6) });
	await expect(page.getByText('This file is larger than 10 MB.')).toBeVisible();
	await choose.last().setInputFiles({ name: 'bill.png', mimeType: 'image/png', buffer: dot });
	await expect(page.getByText('bill.png')).toBeVisible();
	await page.getByRole('button', { name: 'Add expense' }).click();

	await row(page, 'Internet').click();
	await expect(page.getByRole('img', { name: 'Receipt of Internet' })).toBeVisible();
	await expect(page.getByText('every month, next on')).toBeVisible();
	await expect(line(page, 'Ben').first()).toContainText('€15.00');
	await page.getByRole('link', { name: 'Edit' }).click();
	await page.getByRole('button', { name: 'Remove the receipt' }).click();
	await page.getByRole('button', { name: 'Comes again' }).click();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(toast(page, '“Internet” is saved')).toBeVisible();
	await expect(page.getByRole('img', { name: 'Receipt of Internet' })).toBeHidden();
	await expect(page.getByText('every month, next on')).toBeHidden();
});

/** Everything that the page needs without a network has been put aside: the answers are there, and no more files come in. */
async function isKept(page: Page, { id }: Group): Promise<void> {
	let before = 0;
	const look = async () => {
		const { hasAnswers, files } = await page.evaluate(async (id) => {
			const page = `/kept/page/groups/${id}/add`;
			const call = `/kept/groups.balances?${encodeURIComponent(JSON.stringify({ groupId: id }))}`;
			const found = await Promise.all([page, call].map((key) => caches.match(key)));
			const name = (await caches.keys()).find((name) => name.startsWith('quits-files'));
			const files = name ? (await (await caches.open(name)).keys()).length : 0;
			return { hasAnswers: found.every(Boolean), files };
		}, id);
		const isWhole = hasAnswers && files > 50 && files === before;
		before = files;
		return isWhole;
	};
	await expect.poll(look, { timeout: 40_000, intervals: [1000, 2000] }).toBe(true);
}

test('without a network a group opens as it was, and a new expense waits and goes out once', async ({
	meet,
	trouble
}) => {
	test.slow(); // all files are kept first, one after the other
	trouble.allow(/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/);
	trouble.allow(/WebSocket is closed before the connection is established/); // by the page that is left meanwhile
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	await spend(ben, group, { description: 'Tram tickets', amount: 600 });
	const { page, context } = ana;
	await open(page, `/groups/${group.id}`);
	await open(ben.page, `/groups/${group.id}`);
	await hears(page, 'Ben');
	await page.getByRole('link', { name: 'Balances' }).click();
	await page.getByRole('link', { name: 'Expenses' }).click();
	await isKept(page, group);

	await context.setOffline(true);
	await page.reload();
	await expect(row(page, 'Tram tickets')).toBeVisible();
	await expect(page.getByText('This is how it was on')).toBeVisible();
	await page.getByRole('link', { name: 'Balances' }).click();
	await expect(page.getByRole('main')).toContainText('€3.00');
	await page.getByRole('link', { name: 'Expenses' }).click();
	await page.getByRole('link', { name: 'Add expense' }).click();
	await amount(page).fill('12.40');
	await page.getByLabel('What for').fill('Ice cream');
	await page.getByRole('button', { name: 'Add expense' }).click();
	const waiting = page.getByRole('region', { name: 'Waits for the network' });
	await expect(waiting).toContainText('Ice cream');
	await page.reload();
	await expect(waiting).toContainText('€12.40');
	await expect(row(ben.page, 'Ice cream')).toBeHidden();

	await context.setOffline(false);
	await expect(row(ben.page, 'Ice cream')).toContainText('you borrowed €6.20');
	await expect(waiting).toBeHidden();
	await expect(row(page, 'Ice cream')).toHaveCount(1);
	const { items } = await ben.api.expenses.list.query({ groupId: group.id });
	expect(items.map(({ description }) => description).sort()).toEqual(['Ice cream', 'Tram tickets']);

	// Nothing stays of somebody who signs out; what was on its way just then is refused.
	trouble.allow(/groups\.get.* 401/, /Failed to load resource.* 401/);
	await page.getByRole('navigation').getByRole('button', { name: 'Ana' }).click();
	await page.getByRole('menuitem', { name: 'Sign out' }).click();
	await expect(page).toHaveURL(/sign-in/);
	const names = await page.evaluate(() => caches.keys());
	expect(names.filter((name) => name.startsWith('quits-kept'))).toEqual([]);
});

test('a payment from the bank is split with a group in two clicks, and counts as the own share', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	const everyday = [3, 4, 6, 8].map((days) => ({
		date: addDays(today, -days),
		text: `Bakery ${days}`,
		amount: -100 - days
	}));
	const dinner = { date: addDays(today, -2), text: 'Cervejaria Ramiro', amount: -8420 };
	await ana.importStatement(statement([...everyday, dinner]));
	const { page } = ana;
	await open(ben.page, `/groups/${group.id}`);
	await open(page, '/transactions');
	await transaction(page, 'Ramiro')
		.getByRole('button', { name: /Ramiro/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'Choose a group' }).click();
	await page.getByRole('menuitem', { name: 'Lisbon' }).click();
	await expect(page.getByRole('link', { name: 'Split in “Lisbon”' })).toBeVisible();
	await expect(row(ben.page, 'Ramiro')).toContainText('you borrowed €42.10');
	await page.keyboard.press('Escape');
	await expect(transaction(page, 'Ramiro')).toContainText('Lisbon');

	await open(page, `/?month=${dinner.date.slice(0, 7)}`);
	const spent = page.getByRole('definition').first();
	const all = await spent.innerText();
	await page.getByLabel('Only my share').check();
	await expect(page).toHaveURL(/mine=1/);
	await expect(spent).not.toHaveText(all);

	// What Ben transfers is known again.
	const transfer = { date: today, text: 'Ben Brandt', amount: 4210 };
	await ana.importStatement(statement([...everyday, dinner, transfer]));
	await open(page, `/groups/${group.id}/balances`);
	await expect(page.getByText('Is this €42.10 from Ben?')).toBeVisible();
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByText('You are even').first()).toBeVisible();
	await expect(page.getByText('Is this €42.10 from Ben?')).toBeHidden();
});

const splitwise = [
	'Date,Description,Category,Cost,Currency,Ana,Ben,Cleo',
	'',
	'2026-01-05,Groceries,Groceries,30.00,EUR,20.00,-10.00,-10.00',
	'2026-01-06,Tickets,Transportation - Other,9.01,EUR,-3.01,6.01,-3.00',
	'2026-01-07,Ben paid Ana,Payment,10.00,EUR,-10.00,10.00,0.00',
	'',
	'2026-01-08,Total balance, , ,EUR,6.99,6.01,-13.00'
].join('\n');

test('the history of another program is looked at first and then imported', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Lisbon', ana, ben);
	const { page } = ana;
	await open(page, `/groups/${group.id}/import`);
	const choose = (text: string) => {
		const { name, bytes } = file(text, 'lisbon_export.csv');
		return page
			.getByLabel('Choose files')
			.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
	};
	await choose('Date,Whatever\n2026-01-01,x\n');
	await expect(page.getByText('This is not an export of Splitwise or Spliit.')).toBeVisible();
	await choose(splitwise);
	await expect(page.getByText('2 expenses. 1 payment between people.')).toBeVisible();
	await expect(page.getByLabel('Ana')).toHaveValue(group.members['Ana']!);
	await expect(page.getByLabel('Cleo')).toHaveValue('new');
	await expect(page.getByRole('listitem').filter({ hasText: 'Cleo' }).last()).toContainText('owes €13.00');
	await page.getByLabel('Cleo').selectOption('Ben');
	await expect(page.getByRole('button', { name: 'Import' })).toBeDisabled();
	await page.getByLabel('Cleo').selectOption('Cleo (new here)');
	await page.getByRole('button', { name: 'Import' }).click();
	await expect(page.getByText('3 entries imported')).toBeVisible();
	await page.getByRole('link', { name: 'Look at the group' }).click();
	await expect(page.getByText('You are owed €6.99').first()).toBeVisible();
	await expect(row(page, 'Groceries')).toBeVisible();
});
