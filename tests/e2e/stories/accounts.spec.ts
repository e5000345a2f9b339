/** Accounts that hold: a second step, other devices, passwords, programs. */
import { readFile } from 'node:fs/promises';
import { anotherBrowser, enterCode, forgetProofs, signInAt, turnOnTwoSteps } from '../support/accounts.ts';
import { expect, password, test } from '../support/test.ts';
import { open, signIn, toast } from '../support/verbs.ts';

const refused = (status: number) => new RegExp(`Failed to load resource.*${status}|api/trpc.* ${status}`);
const newPassword = 'nine herons leave at noon';

test('two-step sign-in is set up, and a code or a recovery code leads in again', async ({
	meet,
	server,
	trouble
}) => {
	trouble.allow(refused(401)); // the wrong code, and what was on its way when the session ended
	const { page, email } = await meet('Ana');
	await open(page, '/settings/security');
	await page.getByRole('button', { name: 'Turn on' }).click();
	await page.getByRole('button', { name: 'Close' }).click();
	const { app, codes } = await turnOnTwoSteps(page);
	await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'New recovery codes' })).toBeFocused();
	await expect(page).toHaveURL(/security/);

	await signInAt(page, server.url, { email });
	await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
	await enterCode(page, '000000');
	await expect(page.getByText('This code is not right')).toBeVisible();
	await enterCode(page, await app.nextCode());
	await expect(page.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();

	await signInAt(page, server.url, { email });
	await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
	await page.getByLabel('Recovery code').fill(codes[3]!.replace(/./, (first) => (first === 'A' ? 'B' : 'A')));
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('This recovery code is not right')).toBeVisible();
	await page.getByLabel('Recovery code').fill(codes[3]!.toLowerCase());
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
	await open(page, '/settings/security');
	await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
});

test('whoever signs in before the scripts have come waits for them, and keeps what they typed', async ({
	meet
}) => {
	const { page, context, email } = await meet('Ana');
	await context.clearCookies();
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(/\.js$/, async (route) => {
		await released;
		await route.continue();
	});
	await page.goto('/sign-in', { waitUntil: 'commit' });
	const button = page.getByRole('button', { name: 'Sign in', exact: true });
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.keyboard.press('Enter');
	await expect(button).toBeDisabled();
	release();
	await button.click();
	await expect(page.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
});

test('recovery codes are kept as a file and on paper, and the dialog waits until they are', async ({
	meet
}) => {
	const { page } = await meet('Ben');
	await open(page, '/settings/security');
	await turnOnTwoSteps(page);
	await page.getByRole('button', { name: 'New recovery codes' }).click();
	const dialog = page.getByRole('dialog', { name: 'Your recovery codes' });
	const codes = await dialog.getByRole('listitem').allInnerTexts();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await expect(dialog).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();

	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Download' }).click();
	const file = await (await downloading).path();
	const text = await readFile(file, 'utf8');
	for (const code of codes) expect(text).toContain(code);

	await page.emulateMedia({ media: 'print' });
	const printed = await page.locator('body').innerText();
	for (const code of codes) expect(printed).toContain(code);
	expect(printed).not.toContain('Devices');
	expect(printed).not.toContain('Transactions');
});

test('two-step sign-in is moved to another app, and turned off', async ({ meet, server, trouble }) => {
	trouble.allow(refused(403)); // proofs that ran out
	const { page } = await meet('Cleo');
	await open(page, '/settings/security');
	const { codes } = await turnOnTwoSteps(page);
	forgetProofs(server.dataDir);

	await page.getByRole('button', { name: 'Move to another app' }).click();
	const asked = page.getByRole('dialog', { name: 'Is it you?' });
	await expect(asked).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(asked).toBeHidden();
	await page.getByRole('button', { name: 'Move to another app' }).click();
	await asked.getByRole('button', { name: 'Use a recovery code instead' }).click();
	await asked.getByLabel('Recovery code').fill(codes[0]!);
	await asked.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByRole('dialog', { name: 'Set up two-step sign-in' })).toBeVisible();
	await page.keyboard.press('Escape');

	await page.getByRole('button', { name: 'Turn off' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
	await expect(toast(page, 'Two-step sign-in is off')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Turn on' })).toBeFocused();
});

test('a device that is signed out elsewhere shows the sign-in page within a second', async ({
	meet,
	server,
	browser
}) => {
	const { page, email } = await meet('Dana');
	const other = await anotherBrowser(browser, server.url);
	other.trouble.allow(refused(401));
	const connected = other.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
	await signInAt(other, server.url, { email });
	await connected;

	await open(page, '/settings/security');
	await expect(page.getByText('This device')).toBeVisible();
	await page.getByRole('button', { name: /^Sign out Chrome on .*, last seen/ }).click();
	await expect(other).toHaveURL(/sign-in/);
	await expect(toast(page, 'is signed out')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Sign out all others' })).toBeHidden();

	await signIn(other, { email, password });
	await expect(other.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
	await page.reload();
	await page.getByRole('button', { name: 'Sign out all others' }).click();
	await expect(other).toHaveURL(/sign-in/);
	other.trouble.check();
});

test('a device that was away while it was signed out finds itself at the sign-in page', async ({
	meet,
	server,
	browser
}) => {
	const { api, email } = await meet('Gil');
	const other = await anotherBrowser(browser, server.url);
	other.trouble.allow(
		refused(401),
		/ERR_INTERNET_DISCONNECTED/,
		/Failed to fetch/,
		/not answered/,
		/WebSocket/
	);
	const connected = other.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
	await signInAt(other, server.url, { email });
	await connected;
	await other.context().setOffline(true);
	await expect(other.getByText('You are offline.')).toBeVisible();
	await api.auth.sessions.revoke.mutate({ others: true });
	await other.context().setOffline(false);
	await expect(other).toHaveURL(/sign-in/);
	other.trouble.check();
});

test('a password is changed after a fresh proof, and the page goes on', async ({
	meet,
	server,
	browser,
	trouble
}) => {
	trouble.allow(refused(403), refused(422)); // the proof that ran out, the wrong current password
	const { page, email } = await meet('Emil');
	const other = await anotherBrowser(browser, server.url);
	other.trouble.allow(refused(401));
	await signInAt(other, server.url, { email });
	await expect(other.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
	await open(page, '/settings/security');
	forgetProofs(server.dataDir);

	await page.getByLabel('Current password').fill('not this one at all');
	await page.getByLabel('New password').fill('password1234');
	await expect(page.getByText('This is one of the passwords that are tried first')).toBeVisible();
	await page.getByLabel('New password').fill(newPassword);
	await expect(page.getByText(/^(Good|Strong)\.$/)).toBeVisible();
	await page.getByRole('button', { name: 'Change password' }).click();
	const asked = page.getByRole('dialog', { name: 'Is it you?' });
	await asked.getByRole('button', { name: 'Close' }).click();
	await expect(page.getByLabel('New password')).toHaveValue(newPassword);

	await page.getByRole('button', { name: 'Change password' }).click();
	await asked.getByLabel('Password', { exact: true }).fill(password);
	await asked.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByText('This is not your password')).toBeVisible();
	await page.getByLabel('Current password').fill(password);
	await page.getByRole('button', { name: 'Change password' }).click();
	await expect(toast(page, 'Your password is changed')).toBeVisible();
	await expect(other).toHaveURL(/sign-in/);
	await expect(page.getByText('Reconnecting')).toBeHidden();

	// The page is live again with its new session.
	await open(page, '/');
	await expect(page).not.toHaveURL(/sign-in/);
	await signInAt(other, server.url, { email, password: newPassword });
	await expect(other.getByRole('heading', { name: 'Drop in a bank statement' })).toBeVisible();
	other.trouble.check();
});

test('a program gets a token, uses it, and is shut out', async ({ meet, server, context }) => {
	const { page } = await meet('Finn');
	await open(page, '/settings/security');
	await page.getByRole('button', { name: 'New token' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill('Backup script');
	await dialog.getByLabel('Import', { exact: false }).check();
	await dialog.getByLabel('It ends').selectOption('after 30 days');
	await dialog.getByRole('button', { name: 'Make token' }).click();
	const token = await dialog.locator('code').innerText();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText(`…${token.slice(-4)} · Read, Import`)).toBeVisible();

	const ask = () =>
		fetch(`${server.url}/api/trpc/accounts.list`, { headers: { authorization: `Bearer ${token}` } });
	expect((await ask()).status).toBe(200);
	await page.getByRole('button', { name: 'Revoke Backup script' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
	await expect(toast(page, '“Backup script” is revoked')).toBeVisible();
	expect((await ask()).status).toBe(401);
	expect(await (await context.request.get(`${server.url}/settings/security`)).text()).not.toContain(token);
});
