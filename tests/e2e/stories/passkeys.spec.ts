/** Passkeys, with an authenticator that Chromium plays. They need a host with a name: localhost. */
import type { Page } from '@playwright/test';
import { enterCode, signInAt, turnOnTwoSteps } from '../support/accounts.ts';
import { expect, test } from '../support/test.ts';
import { open, signIn, toast } from '../support/verbs.ts';

/** A device that keeps passkeys and knows its person by a finger. */
async function plugInAuthenticator(page: Page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
}

const atLocalhost = (url: string) => url.replace('127.0.0.1', 'localhost');

async function addPasskey(page: Page, name: string) {
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill(name);
	await dialog.getByRole('button', { name: 'Go on' }).click();
	await expect(toast(page, `“${name}” can sign you in now`)).toBeVisible();
}

const home = (page: Page) => page.getByRole('heading', { name: 'Drop in a bank statement' });

test('a passkey alone signs somebody in, is renamed and removed', async ({ meet, server, trouble }) => {
	trouble.allow(/signIn.* 401/, /Failed to load resource.*401/); // the passkey that was removed
	const url = atLocalhost(server.url);
	const { page, email } = await meet('Ana');
	await plugInAuthenticator(page);
	await signInAt(page, url, { email });
	await expect(home(page)).toBeVisible();
	await open(page, `${url}/settings/security`);
	await addPasskey(page, 'Left thumb');
	await page.getByRole('button', { name: 'Rename Left thumb' }).click();
	await page.getByRole('dialog').getByLabel('Name').fill('Right thumb');
	await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Right thumb')).toBeVisible();

	await page.context().clearCookies();
	await open(page, `${url}/sign-in?next=/settings/security`);
	await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	await expect(page.getByText('last used now')).toBeVisible();

	await page.getByRole('button', { name: 'Remove Right thumb' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
	await expect(toast(page, '“Right thumb” is removed')).toBeVisible();
	await page.context().clearCookies();
	await open(page, `${url}/sign-in`);
	await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	await expect(page.getByText('This passkey opens nothing here')).toBeVisible();
});

test('a passkey is the second step, and a code still is without it', async ({ meet, server }) => {
	const url = atLocalhost(server.url);
	const { page, email } = await meet('Ben');
	await plugInAuthenticator(page);
	await signInAt(page, url, { email });
	await expect(home(page)).toBeVisible();
	await open(page, `${url}/settings/security`);
	const { app } = await turnOnTwoSteps(page);
	await addPasskey(page, 'Blue key');

	await signInAt(page, url, { email });
	await page.getByRole('button', { name: 'Use a passkey instead' }).click();
	await expect(home(page)).toBeVisible();

	await signInAt(page, url, { email });
	await page.getByRole('button', { name: 'Back' }).click();
	await signIn(page, { email, password: 'seven otters cross rivers' });
	await enterCode(page, await app.nextCode());
	await expect(home(page)).toBeVisible();
});

test('where passkeys cannot work they are not offered', async ({ meet, page }) => {
	await open(page, '/sign-in');
	await expect(page.getByLabel('Email')).toBeVisible();
	await expect(page.getByRole('button', { name: 'passkey' })).toBeHidden();
	await meet('Cleo');
	await open(page, '/settings/security');
	await expect(page.getByText('Passkeys cannot be made here')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeHidden();
});
