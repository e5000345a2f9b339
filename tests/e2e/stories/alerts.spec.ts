/** How people are told: what they choose, and webhooks with their log. */
import { forgetProofs, settleAdmin } from '../support/accounts.ts';
import { startReceiver } from '../support/receiver.ts';
import { expect, test } from '../support/test.ts';
import { goTo, open, toast } from '../support/verbs.ts';

test('what is chosen for alerts stays, and a test comes', async ({ meet }) => {
	const { page } = await meet('Ana');
	await open(page, '/settings');
	await page.getByRole('navigation', { name: 'Parts of the settings' }).getByText('Alerts').click();
	await expect(page.getByLabel('Send me alerts by email')).toBeChecked();
	await page.getByLabel('Quiet hours').check();
	await expect(toast(page, 'Saved')).toBeVisible();
	await page.getByLabel('From', { exact: true }).fill('21:30');
	await page.getByLabel('Until', { exact: true }).fill('06:45');
	await page.getByLabel('Until', { exact: true }).blur();
	await page.getByLabel('One mail a day').check();
	await page.getByLabel('At', { exact: true }).fill('07:15');
	await page.getByLabel('At', { exact: true }).blur();
	await expect(async () => {
		await open(page, '/settings/alerts');
		await expect(page.getByLabel('From', { exact: true })).toHaveValue('21:30', { timeout: 500 });
		await expect(page.getByLabel('Until', { exact: true })).toHaveValue('06:45', { timeout: 500 });
		await expect(page.getByLabel('At', { exact: true })).toHaveValue('07:15', { timeout: 500 });
	}).toPass();

	// Both times alike would be no hours at all.
	await page.getByLabel('Until', { exact: true }).fill('21:30');
	await page.getByLabel('Until', { exact: true }).blur();
	await expect(page.getByText('Enter two different times.')).toBeVisible();

	await page.getByRole('button', { name: 'Send a test' }).click();
	await expect(toast(page, 'A test is on its way')).toBeVisible();
	await goTo(page, 'Notifications');
	await expect(page.getByText('test').first()).toBeVisible();

	await open(page, '/settings/alerts');
	await page.getByLabel('Send me alerts by email').uncheck();
	await expect(page.getByLabel('Quiet hours')).toBeHidden();
});

test('a webhook is made, tried out, fails, is sent again, and gets a new secret', async ({
	page,
	context,
	untouched,
	trouble
}) => {
	trouble.allow(/webhooks\.\w+.* 4(22|03)/, /Failed to load resource.*4(22|03)/);
	const receiver = await startReceiver();
	await settleAdmin(context, untouched.url);
	await open(page, `${untouched.url}/settings/webhooks`);
	await page.getByRole('button', { name: 'New webhook' }).click();
	const dialog = page.getByRole('dialog', { name: 'New webhook' });
	await dialog.getByLabel('Address').fill('https://10.0.0.1/hook');
	await dialog.getByRole('button', { name: 'Make webhook' }).click();
	await expect(dialog.getByText('Nothing can be sent to this address')).toBeVisible();
	await dialog.getByLabel('Address').fill(receiver.url);
	await dialog.getByLabel('Note').fill('Kitchen display');
	await dialog.getByLabel('A statement is imported').check();
	await dialog.getByRole('button', { name: 'Make webhook' }).click();
	const made = page.getByRole('dialog', { name: 'The secret of your webhook' });
	const secret = await made.locator('code').innerText();
	expect(secret).toMatch(/^whsec_/);
	// What is shown once is closed on purpose only.
	await page.keyboard.press('Escape');
	await expect(made).toBeVisible();
	await made.getByRole('button', { name: 'I have kept it' }).click();
	await expect(page.getByText(secret)).toHaveCount(0);

	const hook = page.getByRole('article', { name: 'Kitchen display' });
	await expect(hook).toContainText(receiver.url);
	await page.getByRole('button', { name: 'Send a test' }).click();
	const log = page.getByRole('listitem').filter({ hasText: 'What was sent' });
	await expect(log.first()).toContainText('delivered');
	await expect(log.first()).toContainText('answered 204');
	const [first] = receiver.ids;
	await log.first().getByText('What was sent').click();
	await expect(log.first()).toContainText(first!);
	await expect(log.first()).toContainText('endpointId');

	receiver.answer(500);
	await page.getByRole('button', { name: 'Send a test' }).click();
	await expect(log).toHaveCount(2);
	await expect(log.first()).toContainText('answered 500');
	await expect(log.first()).toContainText('next try');
	receiver.answer(204);
	await log.first().getByRole('button', { name: 'Send again' }).click();
	await expect(log.first()).toContainText('delivered');
	const [, second, ...again] = receiver.ids;
	expect(new Set(again)).toEqual(new Set([second]));

	const act = async (name: string) => {
		await page.getByRole('button', { name: 'What to do with Kitchen display' }).click();
		await page.getByRole('menuitem', { name }).click();
	};
	forgetProofs(untouched.dataDir);
	await act('New secret');
	await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
	await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
	await page.keyboard.press('Escape');
	await act('Remove');
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByText('No webhooks yet')).toBeVisible();
	receiver.stop();
});
