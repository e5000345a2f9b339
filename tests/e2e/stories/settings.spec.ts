/** One's own Quits: language, colours, accounts, the door. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, password, test } from '../support/test.ts';
import { open, signIn, toast } from '../support/verbs.ts';

/** Requests that were on their way when the session ended. */
const refusedOnceSignedOut = [/api\/trpc.* 401/, /Failed to load resource.*401/];

test('the language becomes German and stays so, after signing out too', async ({ meet, trouble }) => {
	trouble.allow(...refusedOnceSignedOut);
	const { page } = await meet('Ana');
	await open(page, '/settings');
	await page.getByLabel('Language', { exact: true }).selectOption('de');
	await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
	await open(page, '/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	await expect(page.getByRole('navigation').getByRole('link', { name: 'Umsätze' })).toBeVisible();
	await open(page, '/settings');
	await page.getByRole('main').getByRole('button', { name: 'Abmelden' }).click();
	await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
});

test('dark colours are kept', async ({ meet }) => {
	const { page } = await meet('Ben');
	await open(page, '/settings');
	const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	const light = await paper();
	await page.getByLabel('Theme').selectOption('dark');
	await expect(toast(page, 'Saved')).toBeVisible();
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.getByLabel('Theme')).toHaveValue('dark');
	expect(await paper()).not.toBe(light);
});

test('signing out closes this device, and signing in leads back', async ({ meet, trouble }) => {
	trouble.allow(...refusedOnceSignedOut);
	const { page, email } = await meet('Cleo');
	await open(page, '/settings');
	await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
	await expect(page).toHaveURL(/sign-in/);

	await open(page, '/transactions?q=rent');
	await expect(page).toHaveURL(/sign-in/);
	await signIn(page, { email, password });
	await expect(page).toHaveURL(/transactions\?q=rent/);
});

test('signing out in one tab closes the other', async ({ meet, trouble }) => {
	trouble.allow(...refusedOnceSignedOut);
	const { page, context } = await meet('Dana');
	await open(page, '/settings');
	const other = await context.newPage();
	const connected = other.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
	await open(other, '/');
	await connected;
	await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
	await expect(other).toHaveURL(/sign-in/);
});

test('a wrong password is told in words, and what was typed stays', async ({ page, meet, trouble }) => {
	trouble.allow(/auth\.login.* 401/, /Failed to load resource.*401/);
	const { email, context } = await meet('Emil');
	await context.clearCookies();
	await open(page, '/sign-in');
	await signIn(page, { email, password: 'not this one at all' });
	await expect(page.getByText('Email and password do not match an account.')).toBeVisible();
	await expect(page.getByLabel('Email')).toHaveValue(email);
});

test('an account is added, renamed and archived', async ({ meet }) => {
	const { page } = await meet('Finn');
	await open(page, '/settings');
	await page.getByRole('button', { name: 'Add account' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill('Holiday card');
	await dialog.getByLabel('Currency').selectOption('USD');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Holiday card')).toBeVisible();

	await page.getByRole('button', { name: 'Change Holiday card' }).click();
	await dialog.getByLabel('Name').fill('Travel card');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('button', { name: 'Archive Travel card' }).click();
	await expect(toast(page, 'Travel card is archived')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('button', { name: 'Archive Travel card' })).toBeVisible();
});

test('everything of hers comes as one file, which is offered again before she deletes her account', async ({
	meet
}) => {
	const { page, email } = await meet('Gina');
	await open(page, '/settings');
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download everything' }).click();
	await expect(toast(page, 'Your file is on its way')).toBeVisible();
	const file = await coming;
	expect(file.suggestedFilename()).toMatch(/^quits_everything_[\d-]+\.zip$/);
	const { 'profile.jsonl': profile } = unzipSync(await readFile(await file.path()));
	expect(JSON.parse(strFromU8(profile!))).toMatchObject({ name: 'Gina', email });

	await page.getByRole('button', { name: 'Delete account' }).click();
	await expect(page.getByRole('dialog').getByRole('button', { name: 'Download everything' })).toBeVisible();
});
