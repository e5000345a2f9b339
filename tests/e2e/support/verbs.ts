/** What people do at Quits and what they expect to see, in the words of the product. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { File } from './statements.ts';

const payload = ({ name, bytes }: File) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });

/** Fills in the form that makes an account, and sends it. */
export async function signUp(page: Page, person: { name: string; email: string; password: string }) {
	await page.getByLabel('Name').fill(person.name);
	await page.getByLabel('Email').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Create account' }).click();
}

export async function signIn(page: Page, person: { email: string; password: string }) {
	await page.getByLabel('Email').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Goes to a page of the navigation. */
export async function goTo(
	page: Page,
	name: 'Home' | 'Transactions' | 'Budgets' | 'Groups' | 'Recurring' | 'Reports' | 'Import' | 'Notifications'
) {
	await page.getByRole('navigation').getByRole('link', { name }).first().click();
	await hydrated(page);
}

/** Opens an address and waits until the page can be used. */
export async function open(page: Page, path: string) {
	await page.goto(path);
	await hydrated(page);
}

/** Until the scripts of the page run, a click is only a click. */
const hydrated = (page: Page) => page.locator('html[data-hydrated]').waitFor({ state: 'attached' });

/** Drops files onto the page, as from a folder. */
export async function dropStatements(page: Page, ...files: File[]) {
	const contents = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
	const transfer = await page.evaluateHandle((contents) => {
		const transfer = new DataTransfer();
		for (const { name, base64 } of contents) {
			const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			transfer.items.add(new File([bytes], name, { type: 'text/csv' }));
		}
		return transfer;
	}, contents);
	await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
	await expect(page.getByText('Let go to read it')).toBeVisible();
	await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Chooses a file by the button. */
export const pickStatement = (page: Page, file: File) =>
	page.getByLabel('Choose files').setInputFiles(payload(file));

/** Sends a file from the import page and waits for what was understood of it. */
export async function readStatement(page: Page, file: File) {
	await open(page, '/uploads');
	await pickStatement(page, file);
	await expect(page.getByText('This is how the file was understood')).toBeVisible();
}

/** The button that says what was understood in one respect. */
export const claim = (page: Page, about: string): Locator =>
	page.getByRole('list', { name: 'How the file was understood' }).getByRole('button', { name: `${about}:` });

/** Corrects what was understood. */
export async function correct(page: Page, about: string, to: string) {
	await claim(page, about).click();
	await page.getByRole('menuitemradio', { name: to }).click();
	await expect(claim(page, about)).toHaveAccessibleName(`${about}: ${to}`);
}

export const startImport = (page: Page) => page.getByRole('button', { name: 'Start import' }).click();

type Counts = { imported: number; duplicates?: number; rejected?: number };

/** The three numbers an import ends with. */
export async function expectResult(page: Page, { imported, duplicates = 0, rejected = 0 }: Counts) {
	const number = (count: number, word: string) =>
		expect(page.getByText(`${count.toLocaleString('en')} ${word}`, { exact: true })).toBeVisible();
	await number(imported, 'imported');
	await number(duplicates, duplicates === 1 ? 'duplicate' : 'duplicates');
	await number(rejected, 'rejected');
}

/** Reads a statement, starts its import and waits for the end of it. */
export async function importStatement(page: Page, file: File, counts: Counts) {
	await readStatement(page, file);
	await startImport(page);
	await expectResult(page, counts);
}

/** The line of a transaction. */
export const transaction = (page: Page, text: string | RegExp): Locator =>
	page.getByRole('table', { name: 'Transactions' }).getByRole('row').filter({ hasText: text });

/** A message that slid in. */
export const toast = (page: Page, text: string | RegExp): Locator =>
	page.getByRole('region', { name: 'Messages' }).getByText(text);

/** The page is no wider than the screen. */
export async function expectNoSideways(page: Page) {
	const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
	expect(content, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(screen!);
}
