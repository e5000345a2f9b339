/** Groups, with two people side by side: what one does stands on the other's screen within a second. */
import type { Page } from '@playwright/test';
import { forgetProofs } from '../support/accounts.ts';
import { addName, groupOf, spend } from '../support/groups.ts';
import { expect, password, test } from '../support/test.ts';
import { goTo, open, signUp, toast } from '../support/verbs.ts';

/** The page is there and hears of changes: it shows who else looks. */
const hears = (page: Page, name: string) =>
	expect(page.getByRole('list', { name: 'Here now' }).getByRole('img', { name })).toBeVisible();

/** A link as it is opened at the address that the stories use. */
const pathOf = (url: string) => new URL(url).pathname + new URL(url).hash;

const row = (page: Page, text: string) => page.getByRole('link').filter({ hasText: text });

const payment = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

test('a group is made, somebody joins by its link, and both see what the other does', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });

	await open(ana.page, '/');
	await goTo(ana.page, 'Groups');
	await ana.page.getByRole('button', { name: 'New group' }).click();
	await ana.page.getByLabel('Name').fill('Flat 12');
	await ana.page.getByRole('button', { name: 'Create group' }).click();
	await expect(ana.page.getByRole('heading', { name: 'Flat 12', level: 1 })).toBeVisible();
	await expect(ana.page.getByText('You are even')).toBeVisible();
	await ana.page.getByRole('link', { name: 'Invite the others' }).click();
	await ana.page.getByRole('button', { name: 'Make a link' }).click();
	await expect(ana.page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
	const url = await ana.page.getByRole('dialog').locator('code').innerText();
	await ana.page.getByRole('button', { name: 'Done' }).click();

	await open(ben.page, pathOf(url));
	await expect(ben.page).toHaveURL(/\/join$/);
	await expect(ben.page.getByText('Ana invites you')).toBeVisible();
	await ben.page.getByRole('button', { name: 'Join' }).click();
	await expect(ben.page.getByRole('heading', { name: 'Flat 12', level: 1 })).toBeVisible();
	await expect(ana.page.getByRole('listitem').filter({ hasText: 'Ben' }).first()).toBeVisible();
	await hears(ana.page, 'Ben');
	await hears(ben.page, 'Ana');

	const [, id = ''] = /groups\/([0-9a-f-]+)/.exec(ana.page.url()) ?? [];
	const group = { id, members: {} };
	await ana.page.getByRole('link', { name: 'Expenses' }).click();
	await expect(ana.page.getByText('The first expense starts it off')).toBeVisible();
	await spend(ben, group, { description: 'Pizza night', amount: 4600 });
	await expect(row(ana.page, 'Pizza night')).toContainText('you borrowed €23.00');
	await expect(row(ana.page, 'Pizza night').getByRole('img', { name: 'Just changed by Ben' })).toBeVisible();
	await expect(ana.page.getByText('You owe €23.00').first()).toBeVisible();
	await expect(row(ben.page, 'Pizza night')).toContainText('you lent €23.00');

	await spend(ana, group, { description: 'Bikes', amount: 10_000 });
	await expect(ben.page.getByText('You owe €27.00').first()).toBeVisible();

	await ben.page.close();
	await expect(ana.page.getByRole('list', { name: 'Here now' })).toBeHidden();
});

test('a payment is written down, disputed, confirmed and removed, on both screens', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await spend(ana, group, { description: 'Rent', amount: 98_000 });
	await open(ana.page, `/groups/${group.id}`);
	await open(ben.page, `/groups/${group.id}/balances`);
	await hears(ana.page, 'Ben');
	await hears(ben.page, 'Ana');

	await ben.page.getByRole('button', { name: 'Why?' }).click();
	await expect(ben.page.getByText('exactly what is left between the two')).toBeVisible();
	await expect(ben.page.getByRole('heading', { name: 'You: −€490.00 in all' })).toBeVisible();

	await ben.page.getByRole('button', { name: 'Settle up' }).click();
	const dialog = ben.page.getByRole('dialog');
	await expect(dialog.getByLabel('Amount')).toHaveValue('490.00');
	await expect(dialog.getByLabel('Amount')).toBeFocused();
	await dialog.getByLabel('Amount').fill('a lot');
	await dialog.getByRole('button', { name: 'Write it down' }).click();
	await expect(dialog.getByText('Type an amount in EUR above zero.')).toBeVisible();
	await dialog.getByLabel('Amount').fill('200');
	await dialog.getByRole('button', { name: 'Write it down' }).click();
	await expect(toast(ben.page, 'Ana is asked whether it came')).toBeVisible();
	await expect(ben.page.getByText('You owe €290.00').first()).toBeVisible();
	await expect(payment(ben.page, 'You paid Ana')).toContainText('waits for Ana');

	await expect(ana.page.getByText('Ben says they paid you €200.00.')).toBeVisible();
	await ana.page.getByRole('button', { name: 'It did not come' }).click();
	await ana.page.getByLabel('What you want to say about it').fill('Nothing on my account');
	await ana.page.getByRole('dialog').getByRole('button', { name: 'It did not come' }).click();
	await expect(payment(ben.page, 'You paid Ana')).toContainText('disputed');
	await expect(payment(ben.page, 'You paid Ana')).toContainText('Ana: Nothing on my account');
	await expect(ben.page.getByText('You owe €490.00').first()).toBeVisible();

	await ana.page.getByRole('link', { name: 'Balances' }).click();
	await payment(ana.page, 'Ben paid you').getByRole('button', { name: 'It came after all' }).click();
	await expect(payment(ben.page, 'You paid Ana')).toContainText('confirmed');
	await expect(ben.page.getByText('You owe €290.00').first()).toBeVisible();

	await payment(ben.page, 'You paid Ana').getByRole('button', { name: 'Remove' }).click();
	await ben.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(ana.page.getByText('You are owed €490.00').first()).toBeVisible();
	await expect(ana.page.getByText('Nobody has paid anybody back yet.')).toBeVisible();

	await ana.page.getByRole('link', { name: 'Activity' }).click();
	await expect(ana.page.getByText('Ana says that a payment from Ben did not come, €200.00')).toBeVisible();
	await expect(ana.page.getByText('Ben removed a payment with Ana, €200.00')).toBeVisible();
});

test('what is between two is offered to them, and to nobody else', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await addName(ana, group, 'Cleo');
	await addName(ana, group, 'Finn');
	await spend(ana, group, { description: 'Rent', amount: 98_000 });
	await open(ana.page, `/groups/${group.id}/balances`);
	await open(ben.page, `/groups/${group.id}/balances`);
	await hears(ana.page, 'Ben');
	await hears(ben.page, 'Ana');
	const suggested = (page: Page, text: string) =>
		page.getByRole('listitem').filter({ hasText: text, has: page.getByRole('button', { name: 'Why?' }) });

	// Cleo has no account: Ana, who gets the money, speaks for both, and Ben for neither.
	await expect(suggested(ben.page, 'Cleo pays Ana')).toBeVisible();
	await expect(suggested(ben.page, 'Cleo pays Ana').getByRole('button', { name: 'Record' })).toBeHidden();
	await expect(suggested(ben.page, 'You pay Ana').getByRole('button', { name: 'Record' })).toBeVisible();
	await ben.page.getByRole('button', { name: 'Settle up' }).click();
	const dialog = ben.page.getByRole('dialog');
	const payees = dialog.getByLabel('Who got it').getByRole('option');
	await expect(payees).toHaveText(['Ana', 'Cleo', 'Finn']);
	await dialog.getByLabel('Who paid').selectOption('Cleo');
	await expect(payees).toHaveText(['Ben (you)', 'Finn']);
	await expect(dialog.getByLabel('Who got it')).toHaveValue(group.members['Ben']!);
	await dialog.getByLabel('Who paid').selectOption('Ana');
	await expect(payees).toHaveText(['Ben (you)']);
	await ben.page.keyboard.press('Escape');

	await suggested(ana.page, 'Cleo pays you').getByRole('button', { name: 'Record' }).click();
	await ana.page.getByRole('dialog').getByRole('button', { name: 'Write it down' }).click();
	await expect(payment(ana.page, 'Cleo paid you')).toContainText('confirmed');
	await expect(payment(ana.page, 'Cleo paid you').getByRole('button', { name: 'Remove' })).toBeVisible();
	await expect(payment(ben.page, 'Cleo paid Ana')).toContainText('confirmed');
	await expect(payment(ben.page, 'Cleo paid Ana').getByRole('button')).toHaveCount(0);
});

test('the log tells what was changed, field by field, while it is open', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	const id = await spend(ben, group, { description: 'Pizza night', amount: 4600 });
	await open(ana.page, `/groups/${group.id}/activity`);
	await open(ben.page, `/groups/${group.id}`);
	await hears(ana.page, 'Ben');
	const { version, date, split } = await ben.api.expenses.get.query({ id });
	await ben.api.expenses.update.mutate({
		...{ id, version, date, split, description: 'Pizza and wine', currency: 'EUR', amount: 5200 },
		payers: [{ memberId: group.members['Ben']!, amount: 5200 }]
	});
	const line = ana.page.getByRole('listitem').filter({ hasText: 'Ben changed “Pizza and wine”' });
	await expect(line).toBeVisible();
	await expect(line.getByText('Pizza night')).toBeVisible();
	await expect(line).toContainText('€46.00');
	await expect(line).toContainText('€52.00');
});

test('somebody who is removed is taken off the page at once', async ({ meet, trouble }) => {
	// What is being kept in the background, to be read without a network, finds the group gone.
	trouble.allow(/ 404$/, /status of 404/, /not here any more/);
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await spend(ana, group, { description: 'Rent', amount: 98_000 });
	await open(ana.page, `/groups/${group.id}/members`);
	await open(ben.page, `/groups/${group.id}`);
	await hears(ana.page, 'Ben');
	await hears(ben.page, 'Ana');

	await ana.page.getByRole('button', { name: 'What to do about Ben' }).click();
	await ana.page.getByRole('menuitem', { name: 'Remove from the group' }).click();
	await expect(ana.page.getByRole('dialog')).toContainText('Ben owes €490.00. That stays in the balances');
	await ana.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();

	await expect(toast(ben.page, 'You are no longer in “Flat 12”.')).toBeVisible();
	await expect(row(ben.page, 'Rent')).toBeHidden();
	await expect(ben.page).toHaveURL(/\/groups$/);
	await expect(ben.page.getByText('Share bills, and always know who owes whom')).toBeVisible();
	await expect(ana.page.getByText('Not in the group any more')).toBeVisible();
	await expect(ana.page.getByRole('list', { name: 'Here now' })).toBeHidden();
});

test('somebody without an account makes one on the way, and takes over the name that was theirs', async ({
	meet,
	page
}) => {
	const ana = await meet('Ana', { apart: true });
	const group = await groupOf('Flat 12', ana);
	await addName(ana, group, 'Mia');
	await spend(ana, group, { description: 'Rent', amount: 98_000 });
	const { url } = await ana.api.invites.create.mutate({ groupId: group.id });

	await open(page, pathOf(url));
	await page.getByRole('link', { name: 'Create an account' }).click();
	await signUp(page, { name: 'Mia Wolf', email: `mia-${Date.now()}@example.org`, password });
	await expect(page.getByText('Who are you?')).toBeVisible();
	await page.getByLabel('I am Mia').check();
	await page.getByRole('button', { name: 'Join' }).click();
	await expect(page.getByText('You owe €490.00').first()).toBeVisible();
	await page.getByRole('link', { name: 'Activity' }).click();
	await expect(page.getByText('Mia joined and took over the name that was there')).toBeVisible();

	await open(page, '/join');
	await expect(page.getByText('This address holds no invitation.')).toBeVisible();
});

test('a group that is archived can be read and left, and nothing else in it changes', async ({ meet }) => {
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await spend(ben, group, { description: 'Pizza night', amount: 4600 });
	await open(ana.page, `/groups/${group.id}/members`);
	await open(ben.page, `/groups/${group.id}`);
	await hears(ana.page, 'Ben');
	await expect(ben.page.getByRole('link', { name: 'Add expense' })).toBeVisible();
	await ana.page.getByRole('button', { name: 'Archive' }).click();
	await expect(ben.page.getByText('This group is archived')).toBeVisible();
	await expect(ben.page.getByRole('link', { name: 'Add expense' })).toBeHidden();
	await expect(ben.page.getByRole('button', { name: 'Settle up' })).toBeHidden();
	await expect(row(ben.page, 'Pizza night')).toBeVisible();
	await toastUndo(ana.page);
	await expect(ben.page.getByRole('link', { name: 'Add expense' })).toBeVisible();

	await ana.page.getByRole('button', { name: 'Archive' }).click();
	await expect(ana.page.getByText('You can still leave it.')).toBeVisible();
	await expect(ana.page.getByRole('button', { name: 'Make a link' })).toBeHidden();
	await expect(ana.page.getByRole('button', { name: 'Show the link' })).toBeHidden();
	await ana.page.getByRole('button', { name: 'Revoke: For anybody' }).click();
	await expect(toast(ana.page, 'The link opens nothing any more')).toBeVisible();
	await ana.page.getByRole('button', { name: 'What to do about Ben' }).click();
	await expect(ana.page.getByRole('menuitem')).toHaveText(['Remove from the group']);
	await ana.page.keyboard.press('Escape');
	await expect(ana.page.getByText('Take the group out of the archive to hand it over')).toBeVisible();

	await ben.page.getByRole('link', { name: 'Members' }).click();
	await expect(ben.page.getByRole('button', { name: /^What to do about/ })).toBeHidden();
	await ben.page.getByRole('button', { name: 'Leave the group' }).click();
	await ben.page.getByRole('dialog').getByRole('button', { name: 'Leave the group' }).click();
	await expect(ben.page).toHaveURL(/\/groups$/);
	await expect(ana.page.getByText('Not in the group any more')).toBeVisible();
});

test('an owner deletes a group: the question says what goes, and everybody’s page leaves at once', async ({
	meet,
	server,
	trouble
}) => {
	// Who has to show again who they are is answered so; and what is being kept for later finds the group gone.
	trouble.allow(/ 40[34]$/, /status of 40[34]/, /not here any more/);
	const ana = await meet('Ana');
	const ben = await meet('Ben', { apart: true });
	const group = await groupOf('Flat 12', ana, ben);
	await spend(ana, group, { description: 'Rent', amount: 98_000 });
	await open(ben.page, `/groups/${group.id}/members`);
	await expect(ben.page.getByRole('button', { name: 'Leave the group' })).toBeVisible();
	await expect(ben.page.getByRole('button', { name: 'Delete the group' })).toBeHidden();
	await open(ben.page, `/groups/${group.id}`);
	await open(ana.page, `/groups/${group.id}/members`);
	await hears(ana.page, 'Ben');
	await hears(ben.page, 'Ana');

	const remove = ana.page.getByRole('button', { name: 'Delete the group' });
	const dialog = ana.page.getByRole('dialog', { name: 'Delete “Flat 12” for everybody?' });
	await remove.click();
	await expect(dialog).toContainText('Not everybody is even: Ben owes you €490.00.');
	await expect(dialog).toContainText('All expenses with their receipts and comments');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await expect(row(ben.page, 'Rent')).toBeVisible();

	forgetProofs(server.dataDir);
	await remove.click();
	await dialog.getByRole('button', { name: 'Delete the group' }).click();
	const proof = ana.page.getByRole('dialog', { name: 'Is it you?' });
	await proof.getByLabel('Password', { exact: true }).fill(password);
	await proof.getByRole('button', { name: 'Confirm' }).click();

	await expect(toast(ana.page, '“Flat 12” is deleted.')).toBeVisible();
	await expect(ana.page).toHaveURL(/\/groups$/);
	await expect(toast(ben.page, '“Flat 12” is deleted.')).toBeVisible();
	await expect(row(ben.page, 'Rent')).toBeHidden();
	await expect(ben.page).toHaveURL(/\/groups$/);
	await expect(ben.page.getByText('Share bills, and always know who owes whom')).toBeVisible();
});

const toastUndo = (page: Page) =>
	page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();

test('a long list loads as it is read, is searched, and moves by keys', async ({ meet }) => {
	const ana = await meet('Ana');
	const group = await groupOf('Flat 12', ana);
	for (let n = 1; n <= 60; n++) {
		const date = `2026-0${1 + (n % 5)}-${10 + (n % 18)}`;
		await spend(ana, group, { description: `Bill ${n} of sixty`, amount: 100 * n, date });
	}
	await open(ana.page, `/groups/${group.id}`);
	const rows = ana.page.locator('[data-row]');
	await expect(rows.first()).toBeVisible();
	await ana.page.keyboard.press('End');
	await expect(rows).toHaveCount(60);

	await ana.page.keyboard.press('j');
	await expect(rows.first()).toBeFocused();
	await ana.page.keyboard.press('j');
	await ana.page.keyboard.press('j');
	await ana.page.keyboard.press('k');
	await expect(rows.nth(1)).toBeFocused();

	await ana.page.keyboard.press('/');
	await ana.page.keyboard.type('bill 17');
	await expect(rows).toHaveCount(1);
	await expect(row(ana.page, 'Bill 17 of sixty')).toBeVisible();
	await ana.page.getByRole('searchbox').fill('champagne');
	await expect(ana.page.getByText('No expense fits')).toBeVisible();
	await ana.page.getByRole('link', { name: 'Show all expenses' }).click();
	await expect(rows.nth(1)).toBeVisible();
	await ana.page.keyboard.press('n');
	await expect(ana.page).toHaveURL(new RegExp(`/groups/${group.id}/add$`));
});
