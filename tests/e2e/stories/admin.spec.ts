/** Whoever runs a Quits, and the people who come to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startBuild } from '../../../scripts/support/build.ts';
import { anotherBrowser, settleAdmin, signInAt, turnOnTwoSteps } from '../support/accounts.ts';
import { expect, password, test } from '../support/test.ts';
import { open, signIn, signUp, toast } from '../support/verbs.ts';

test.describe.configure({ timeout: 90_000 });

const refused = (status: number) => new RegExp(`Failed to load resource.*${status}|api/trpc.* ${status}`);
const home = (page: Page) => page.getByRole('heading', { name: 'Drop in a bank statement' });
const ben = { name: 'Ben', email: 'ben@example.org', password };

/** The link in the latest mail to somebody, as the admin finds it. */
async function linkOf(admin: Page, url: string, subject: string): Promise<string> {
	await open(admin, `${url}/admin/mail`);
	await admin.getByRole('button', { name: subject }).first().click();
	const text = await admin.getByRole('dialog').locator('pre').innerText();
	return /http\S+#\S+/.exec(text)![0];
}

test('an admin without two-step sign-in is asked to set it up first', async ({
	page,
	context,
	untouched
}) => {
	const data = { name: 'Ada', email: 'ada@example.org', password };
	await context.request.post(`${untouched.url}/api/trpc/auth.register`, { data });
	await open(page, untouched.url);
	await page.getByRole('button', { name: 'Ada' }).click();
	await page.getByRole('menuitem', { name: 'Admin' }).click();
	await expect(page.getByText('Admins need two-step sign-in')).toBeVisible();
	await page.getByRole('link', { name: 'Set it up' }).click();
	await expect(page.getByText('the admin pages open only with two-step sign-in')).toBeVisible();
	await turnOnTwoSteps(page);
	await expect(page.getByRole('button', { name: 'Turn off' })).toBeHidden();
	await open(page, `${untouched.url}/admin`);
	await expect(page.getByText('ada@example.org')).toBeVisible();
});

test('an invitation makes an account, and a forgotten password is reset by the kept mail', async ({
	page,
	context,
	browser,
	untouched
}) => {
	const { url } = untouched;
	await settleAdmin(context, url);
	await open(page, `${url}/admin`);
	await page.getByRole('button', { name: 'Invite somebody' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Whom it is for').fill('Ben from next door');
	await dialog.getByRole('button', { name: 'Make the link' }).click();
	await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
	const link = await dialog.locator('code').innerText();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText('Ben from next door')).toBeVisible();

	const other = await anotherBrowser(browser, url);
	other.trouble.allow(refused(422), refused(403)); // the link and the invitation that are used up
	await open(other, link.replace('localhost', '127.0.0.1'));
	await expect(other.getByText('You have been invited')).toBeVisible();
	expect(other.url()).not.toContain('#');
	await signUp(other, ben);
	await expect(home(other)).toBeVisible();
	await page.reload();
	await expect(page.getByText('Used by Ben')).toBeVisible();

	// The same link once more leads nowhere, and what was typed is still there without it.
	const cleo = { name: 'Cleo', email: 'cleo@example.org', password };
	await other.context().clearCookies();
	await open(other, link.replace('localhost', '127.0.0.1').replace('#', '?again#'));
	await signUp(other, cleo);
	await expect(other.getByText('This invitation has been used')).toBeVisible();
	await other.getByRole('button', { name: 'Sign up without an invitation' }).click();
	await expect(other.getByLabel('Email')).toHaveValue(cleo.email);
	await other.getByRole('button', { name: 'Create account' }).click();
	await expect(home(other)).toBeVisible();

	await open(other, `${url}/sign-in`);
	await other.getByRole('link', { name: 'Forgot your password?' }).click();
	await expect(other).toHaveURL(/reset/); // the page before has an Email too
	await other.getByLabel('Email').fill(ben.email);
	await other.getByRole('button', { name: 'Ask for a link' }).click();
	await expect(other.getByText('a link waits under Admin, Mail')).toBeVisible();
	await expect
		.poll(async () => {
			await open(page, `${url}/admin/mail`);
			return page.getByRole('button', { name: /Choose a new password.*Kept/ }).count();
		})
		.toBe(1);
	const reset = (await linkOf(page, url, 'Choose a new password')).replace('localhost', '127.0.0.1');
	await open(other, reset);
	expect(other.url()).not.toContain('#');
	await other.getByLabel('New password').fill('nine herons leave at noon');
	await other.getByRole('button', { name: 'Set the password' }).click();
	await other.getByRole('link', { name: 'Sign in' }).click();
	await signIn(other, { email: ben.email, password: 'nine herons leave at noon' });
	await expect(home(other)).toBeVisible();

	await open(other, reset.replace('#', '?again#'));
	await other.getByLabel('New password').fill('eleven geese walk to town');
	await other.getByRole('button', { name: 'Set the password' }).click();
	await other.getByRole('button', { name: 'Ask for a new link' }).click();
	await expect(other.getByLabel('Email')).toBeVisible();
	other.trouble.check();
});

test('an address is confirmed by the mailed link', async ({ page, context, browser, untouched }) => {
	const { url } = untouched;
	await settleAdmin(context, url);
	const other = await anotherBrowser(browser, url);
	other.trouble.allow(refused(422)); // the link that is used up
	await open(other, '/sign-up');
	await signUp(other, ben);
	await expect(home(other)).toBeVisible();
	await open(other, '/settings/security');
	await other.getByRole('button', { name: 'Make a new link' }).click();
	await expect(toast(other, 'A new link waits under Admin, Mail')).toBeVisible();
	await expect
		.poll(async () => {
			await open(page, `${url}/admin/mail`);
			return page.getByRole('button', { name: /Confirm your email address.*ben@.*Kept/ }).count();
		})
		.toBe(2);
	const link = (await linkOf(page, url, 'Confirm your email address')).replace('localhost', '127.0.0.1');
	await page.getByText('How it looks').click();
	const mail = page.frameLocator('iframe');
	await expect(mail.getByRole('link', { name: 'Confirm this address' })).toBeVisible();
	await open(other, link);
	await other.getByRole('button', { name: 'Confirm' }).click();
	await expect(other.getByText('ben@example.org is yours')).toBeVisible();
	expect(other.url()).not.toContain('#');
	await other.getByRole('link', { name: 'Go on' }).click();
	await expect(home(other)).toBeVisible();
	await open(other, link);
	await other.getByRole('button', { name: 'Confirm' }).click();
	await expect(other.getByText('This link has been used')).toBeVisible();
	await expect(other.getByRole('link', { name: 'Sign in' })).toBeVisible();
	await expect(other.getByRole('link', { name: 'Create an account' })).toBeVisible();
	await open(other, '/settings/security');
	await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible();
	await expect(other.getByText('is not confirmed yet')).toBeHidden();
	other.trouble.check();
});

test('where mail is sent, the link of a sign-up asks for the password and makes the account', async ({
	page,
	context,
	browser
}) => {
	// A mail server that cannot be reached: the mail waits, and the admin can read it.
	const dataDir = mkdtempSync(join(tmpdir(), 'quits-e2e-'));
	const env = { RATE_LIMITS: 'off', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'Quits <quits@example.org>' };
	const server = await startBuild({ dataDir, env });
	const { url } = server;
	await settleAdmin(context, url);
	const other = await anotherBrowser(browser, url);
	other.trouble.allow(refused(422)); // the password that was not sent, and the wrong one
	await open(other, '/sign-up');
	await signUp(other, ben);
	await expect(other.getByText('We sent a mail to ben@example.org')).toBeVisible();
	await expect
		.poll(async () => {
			await open(page, `${url}/admin/mail`);
			return page.getByRole('button', { name: /Finish signing up/ }).count();
		})
		.toBe(1);
	const link = (await linkOf(page, url, 'Finish signing up')).replace('localhost', '127.0.0.1');
	await open(other, link);
	await other.getByRole('button', { name: 'Confirm' }).click();
	await expect(other.getByText('Enter the password you chose when you signed up')).toBeVisible();
	await other.getByLabel('Password', { exact: true }).fill('not this one at all');
	await other.getByRole('button', { name: 'Confirm' }).click();
	await expect(other.getByText('This is not your password')).toBeVisible();
	await other.getByLabel('Password', { exact: true }).fill(password);
	await other.getByRole('button', { name: 'Confirm' }).click();
	await expect(other.getByText('ben@example.org is yours')).toBeVisible();
	await other.getByRole('link', { name: 'Go on' }).click();
	await signIn(other, ben);
	await expect(home(other)).toBeVisible();
	other.trouble.check();
	for (const open of [page, other]) await open.goto('about:blank');
	await server.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

test('an admin resets a second factor, signs out everywhere, and disables an account', async ({
	page,
	context,
	browser,
	untouched
}) => {
	const { url } = untouched;
	await settleAdmin(context, url);
	const other = await anotherBrowser(browser, url);
	other.trouble.allow(refused(401)); // what was on its way when a session ended, and the disabled account
	await open(other, '/sign-up');
	await signUp(other, ben);
	await expect(home(other)).toBeVisible();
	await open(other, '/settings/security');
	await turnOnTwoSteps(other);

	await open(page, `${url}/admin`);
	const act = async (what: string) => {
		await page.getByRole('button', { name: 'What to do about Ben' }).click();
		await page.getByRole('menuitem', { name: what }).click();
	};
	const confirm = async (what: string) => {
		const dialog = page.getByRole('dialog');
		await expect(dialog).toContainText('Ben');
		await dialog.getByRole('button', { name: what }).click();
	};
	await act('Reset two-step sign-in');
	await confirm('Reset two-step sign-in');
	await expect(toast(page, 'Two-step sign-in of Ben is reset')).toBeVisible();
	await expect(other).toHaveURL(/sign-in/);
	await signIn(other, ben);
	await expect(home(other)).toBeVisible();

	await page.reload();
	await act('Sign out everywhere');
	await confirm('Sign out everywhere');
	await expect(other).toHaveURL(/sign-in/);

	await act('Disable');
	await confirm('Disable');
	await expect(page.getByText('Disabled', { exact: true })).toBeVisible();
	await signIn(other, ben);
	await expect(other.getByText('Email and password do not match an account.')).toBeVisible();
	await act('Enable');
	await expect(toast(page, 'Ben can sign in again')).toBeVisible();

	await act('Make an admin');
	await confirm('Make an admin');
	const row = page.getByRole('listitem').filter({ hasText: ben.email });
	await expect(row.getByText('Admin', { exact: true })).toBeVisible();
	other.trouble.check();
});

test('when everybody needs two-step sign-in, whoever has none sets it up first', async ({
	page,
	context,
	browser,
	untouched
}) => {
	const { url } = untouched;
	await settleAdmin(context, url);
	await open(page, `${url}/admin`);
	await page.getByLabel('Everybody needs two-step sign-in').check();
	await expect(toast(page, 'Everybody needs two-step sign-in now')).toBeVisible();

	const other = await anotherBrowser(browser, url);
	await open(other, '/sign-up');
	await signUp(other, ben);
	await expect(other.getByText('Everybody here needs two-step sign-in')).toBeVisible();
	await expect(other.getByRole('heading', { name: 'Devices' })).toBeHidden();
	await expect(other.getByRole('link', { name: 'Transactions' })).toBeHidden();
	await other.setViewportSize({ width: 390, height: 844 });
	await expect(other.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
	await expect(other.getByRole('button', { name: 'More' })).toBeHidden();
	await other.setViewportSize({ width: 1280, height: 900 });
	await other.goto('/transactions');
	await expect(other).toHaveURL(/settings\/security/);
	await turnOnTwoSteps(other);
	await expect(other.getByRole('heading', { name: 'Devices' })).toBeVisible();
	await other.getByRole('link', { name: 'Transactions' }).click();
	await expect(other.getByText('Your transactions will be here')).toBeVisible();
	await expect(other.getByText('Reconnecting')).toBeHidden();
	other.trouble.check();
	await signInAt(page, url, { email: 'ada@example.org' });
	await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
});
