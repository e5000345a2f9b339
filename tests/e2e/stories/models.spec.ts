/** An admin trains a model, looks at how good it is, puts it in use and goes back; and somebody lets it learn from them. */
import type { Page } from '@playwright/test';
import { bookings, statement } from '../../support/statement.ts';
import { anotherBrowser, settleAdmin } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';
import { open, toast } from '../support/verbs.ts';

test.describe.configure({ timeout: 900_000 });

/** A training takes a few seconds of a processor, and here others want it too. */
const trained = { timeout: 400_000 };

const inUse = (page: Page, name: RegExp | string) =>
	page.getByRole('listitem').filter({ hasText: name }).getByText('In use');

test('an admin trains a model, compares it, puts it in use and goes back', async ({
	page,
	context,
	browser,
	untouched
}) => {
	const { url } = untouched;
	const ada = await settleAdmin(context, url);
	await ada.importStatement(statement(bookings(60)));

	await open(page, `${url}/settings`);
	await page.getByLabel('Let my corrections help train').check();
	await expect(toast(page, 'Saved')).toBeVisible();

	await open(page, `${url}/admin`);
	await page.getByRole('link', { name: 'Models' }).click();
	await expect(page.getByText('Nothing has been trained here yet')).toBeVisible();
	await expect(inUse(page, 'Comes with Quits')).toBeVisible();

	// Another screen of the same admin follows what happens on this one.
	const other = await anotherBrowser(browser, url);
	await other.context().addCookies(await context.cookies());
	await open(other, `${url}/admin/models`);

	await page.getByRole('button', { name: 'Train a model' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText('1 person has agreed')).toBeVisible();
	await dialog.getByRole('button', { name: 'Start training' }).click();
	for (const screen of [page, other]) {
		await expect(screen.getByRole('progressbar', { name: 'A model is being trained' })).toBeVisible(trained);
	}
	await page.getByRole('button', { name: 'Cancel training' }).click();
	for (const screen of [page, other]) await expect(screen.getByText('Cancelled')).toBeVisible();

	await page.getByRole('button', { name: 'Train a model' }).click();
	await dialog.getByRole('button', { name: 'Start training' }).click();
	for (const screen of [page, other]) {
		await expect(screen.getByText(/Right category\s+\d/)).toBeVisible(trained);
	}

	await page.getByRole('link', { name: /Right category \d/ }).click();
	await expect(page.getByRole('heading', { name: 'How good it is' })).toBeVisible();
	await expect(page.getByRole('row', { name: /^Calibration error/ })).toContainText('%');
	await expect(page.getByRole('img', { name: /Of what it is 90% sure of/ })).toBeVisible();
	const threshold = page.getByLabel('How sure', { exact: true });
	await threshold.focus();
	const before = await threshold.getAttribute('aria-valuetext');
	await page.keyboard.press('ArrowRight');
	await expect(threshold).not.toHaveAttribute('aria-valuetext', before!);
	await expect(
		page
			.getByRole('region', { name: 'What it takes for what' })
			.getByRole('rowheader', { name: 'Food & drink' })
	).toBeVisible();

	await page.getByRole('button', { name: 'Compare with the one in use' }).click();
	await expect(page.getByText(/\d+ of 60 would change/)).toBeVisible();

	await page.getByRole('button', { name: 'Put in use' }).click();
	await expect(toast(page, 'This model is in use now')).toBeVisible();
	await expect(inUse(other, /Right category/)).toBeVisible();
	await page.getByRole('button', { name: 'Go back to the one before' }).click();
	await expect(toast(page, 'The model from before is in use again')).toBeVisible();
	await expect(inUse(other, 'Comes with Quits')).toBeVisible();

	await page.getByRole('button', { name: 'Remove' }).click();
	await dialog.getByRole('button', { name: 'Remove' }).click();
	await expect(toast(page, 'The version is gone')).toBeVisible();
	await expect(page).toHaveURL(/\/admin\/models$/);
	other.trouble.check();
});
