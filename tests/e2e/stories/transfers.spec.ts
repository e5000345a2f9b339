/** Money between one's own accounts, and money that comes back. */
import { statement, type Booking } from '../../support/statement.ts';
import { expect, test, type Person } from '../support/test.ts';
import { expectNoSideways, open, toast, transaction } from '../support/verbs.ts';

const booking = (text: string, amount: number, day: number): Booking => ({
	date: `2026-03-${String(day).padStart(2, '0')}`,
	...{ text, amount }
});

async function openAccounts({ api, importStatement }: Person) {
	const account = async (name: string) => (await api.accounts.create.mutate({ name, currency: 'EUR' })).id;
	const [giro, savings] = [await account('Giro'), await account('Rainy day')];
	await importStatement(
		statement([
			booking('REWE 0293 HAMBURG', -4210, 2),
			booking('To Rainy Day', -20_000, 3),
			booking('ZALANDO SE', -5999, 4),
			booking('ZALANDO SE', 5999, 12)
		]),
		{ accountId: giro }
	);
	await importStatement(
		statement([booking('Account fee', -150, 1), booking('Received from Giro', 20_000, 4)]),
		{ accountId: savings }
	);
}

test('two statements, one transfer: each half shows the other, and a person may say that it is none', async ({
	meet
}) => {
	const ana = await meet('Ana');
	const { page, api } = ana;
	await openAccounts(ana);
	const budget = {
		name: 'Everything',
		categoryIds: [],
		currency: 'EUR',
		amount: 50_000,
		period: 'yearly' as const
	};
	const { id } = await api.budgets.create.mutate(budget);
	const spent = async () => (await api.budgets.get.query({ id })).status.spent;
	const before = await spent();

	await open(page, '/transactions');
	await expect(transaction(page, 'Rainy Day').first()).toContainText('To savings');
	await transaction(page, 'Received').getByRole('button').first().click();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('The other half is on Giro, 3 Mar');
	await sheet.getByRole('link', { name: /^Transfer from Giro/ }).click();
	const back = sheet.getByRole('link', { name: /^Transfer to Rainy day/ });
	await expect(back).toBeVisible();
	await expectNoSideways(page);

	await sheet.getByRole('button', { name: 'Not a transfer' }).click();
	await expect(toast(page, 'These two are no transfer any more')).toBeVisible();
	await expect(back).toHaveCount(0);
	await sheet.getByRole('button', { name: 'Choose the other half' }).click();
	await page.getByRole('menuitem', { name: /^Rainy day/ }).click();
	await expect(toast(page, 'The two are one transfer now')).toBeVisible();
	await expect(back).toBeVisible();
	expect(await spent(), 'a transfer is no spending').toBe(before);
});

test('a refund shows the payment that it gives back', async ({ meet }) => {
	const ben = await meet('Ben');
	const { page } = ben;
	await openAccounts(ben);
	await open(page, '/transactions');
	const back = transaction(page, 'Zalando').filter({ hasText: '+' });
	await expect(back).toContainText('Clothing');
	await back
		.getByRole('button', { name: /Zalando/ })
		.first()
		.click();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('It counts against what was spent in its category');
	await sheet.getByRole('link', { name: /Probably of the payment of 4 Mar/ }).click();
	await expect(sheet).toContainText('−€59.99');
	await expect(sheet.getByText('Refund', { exact: true })).toHaveCount(0);
});
