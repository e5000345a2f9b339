/** What people do about their accounts: authenticator apps, second browsers, and time that passes. */
import { join } from 'node:path';
import { decodeBase32IgnorePadding } from '@oslojs/encoding';
import { generateHOTP } from '@oslojs/otp';
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { register, remote } from '../../../scripts/support/remote.ts';
import { password } from './test.ts';
import { watchForTrouble, type Trouble } from './trouble.ts';
import { open, signIn } from './verbs.ts';

const stepMs = 30_000;

export type Authenticator = { nextCode: () => Promise<string> };

/** An authenticator app that holds a secret: each code is of a later step than the one before, as a person would wait for. */
export function authenticator(secret: string): Authenticator {
	const key = decodeBase32IgnorePadding(secret.replaceAll(' ', ''));
	let last = 0;
	return {
		nextCode: async () => {
			const current = () => Math.floor(Date.now() / stepMs);
			// The step before the current one is taken too, which spares a wait; not where it could end while it is being typed.
			const oldest = Date.now() % stepMs < stepMs / 2 ? current() - 1 : current();
			last = Math.max(last + 1, oldest);
			// One step of the future is taken too; for a later one it has to become that.
			while (last > current() + 1) await new Promise((resolve) => setTimeout(resolve, 250));
			return generateHOTP(key, BigInt(last), 6);
		}
	};
}

/** Sets two-step sign-in up on the page of security settings. */
export async function turnOnTwoSteps(page: Page): Promise<{ app: Authenticator; codes: string[] }> {
	await page.getByRole('button', { name: 'Turn on' }).click();
	const app = await scan(page.getByRole('dialog', { name: 'Set up two-step sign-in' }));
	return { app, codes: await keepCodes(page) };
}

/** Takes the secret over into an app, and shows a code of it. */
export async function scan(dialog: Locator): Promise<Authenticator> {
	await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
	const app = authenticator(await dialog.locator('code').innerText());
	await dialog.getByLabel('The code the app shows now').fill(await app.nextCode());
	return app;
}

/** Reads the recovery codes and says that they are kept. */
export async function keepCodes(page: Page): Promise<string[]> {
	const dialog = page.getByRole('dialog', { name: 'Your recovery codes' });
	await expect(dialog.getByRole('listitem')).toHaveCount(10);
	const codes = await dialog.getByRole('listitem').allInnerTexts();
	await dialog.getByLabel('I have kept them').check();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(dialog).toBeHidden();
	return codes;
}

/** The second step of signing in. */
export const enterCode = (page: Page, code: string) => page.getByLabel('One-time code').fill(code);

type Somebody = { email: string; password?: string };

/** Signs in anew, in a browser that has lost its session; what comes then is the page at home, or the second step. */
export async function signInAt(page: Page, url: string, { email, password: own = password }: Somebody) {
	await page.goto('about:blank'); // nothing of the page is on its way any more
	await page.context().clearCookies();
	await open(page, `${url}/sign-in`);
	await signIn(page, { email, password: own });
}

/** Another browser, watched like the first one. */
export async function anotherBrowser(
	browser: Browser,
	baseURL: string
): Promise<Page & { trouble: Trouble }> {
	const context = await browser.newContext({ baseURL, locale: 'en-GB', reducedMotion: 'reduce' });
	const trouble = watchForTrouble(context);
	return Object.assign(await context.newPage(), { trouble });
}

/** Lets so much time pass that nobody counts any more as just having shown who they are. */
export function forgetProofs(dataDir: string): void {
	const db = new Database(join(dataDir, 'quits.db'));
	const before = new Date(Date.now() - 11 * 60_000).toISOString().replace('Z', '+00:00');
	db.prepare('UPDATE "Session" SET "provedAt" = ?').run(before);
	db.close();
}

/** The first account of an untouched Quits, with two-step sign-in, signed in in this browser. */
export async function settleAdmin(context: BrowserContext, url: string) {
	const person = { name: 'Ada', email: 'ada@example.org', password };
	const first = await register(url, { ...person, locale: 'en', timeZone: 'Europe/Berlin' });
	const app = authenticator((await first.api.auth.mfa.begin.mutate()).secret);
	await first.api.auth.mfa.confirm.mutate({ otp: await app.nextCode() });
	const data = { email: person.email, password, otp: await app.nextCode() };
	const answer = await context.request.post(`${url}/api/trpc/auth.login`, { data });
	const { result } = (await answer.json()) as { result: { data: { token: string } } };
	return { ...remote(url, result.data.token), ...person, app };
}
