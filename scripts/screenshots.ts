/** `npm run screenshots`: takes the pictures of the README and the docs from the demo's world. */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	chromium as playwright,
	type Browser,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { today } from '#lib/i18n.ts';
import { ana, type Cast } from './demo/people.ts';
import { buildWorld } from './demo/world.ts';
import { build, root, startBuild } from './support/build.ts';
import { chromium } from './support/chromium.ts';

type Picture = {
	name: string;
	path: string;
	screen: BrowserContextOptions;
	ready: (page: Page) => Promise<void>;
};

const desk: BrowserContextOptions = { viewport: { width: 1280, height: 840 }, colorScheme: 'light' };
const phone: BrowserContextOptions = {
	viewport: { width: 390, height: 844 },
	colorScheme: 'dark',
	isMobile: true,
	hasTouch: true
};

const shows = (text: string | RegExp) => async (page: Page) => {
	await page.getByText(text).filter({ visible: true }).first().waitFor();
};

const images = join(root, 'docs/images');
const directory = mkdtempSync(join(tmpdir(), 'quits-screenshots-'));
build();
const server = await startBuild({ dataDir: directory, env: { LOG_LEVEL: 'warn', RATE_LIMITS: 'off' } });
const browser = await playwright.launch(await chromium());
try {
	const { waitingId, flatId } = await buildWorld(server.url, today());
	const pictures: Picture[] = [
		{ name: 'transactions', path: '/transactions', screen: desk, ready: shows('Groceries') },
		{
			name: 'import',
			path: `/uploads/${waitingId}`,
			screen: desk,
			ready: shows('As they stand in the file')
		},
		{ name: 'group', path: `/groups/${flatId}`, screen: desk, ready: shows('Mercado da Ribeira') },
		{ name: 'budgets', path: '/budgets', screen: desk, ready: shows('At this pace') },
		{ name: 'phone-home', path: '/', screen: phone, ready: shows('Latest imports') }
	];
	mkdirSync(images, { recursive: true });
	for (const picture of pictures) await take(browser, picture, ana);
} finally {
	await browser.close();
	await server.stop();
	rmSync(directory, { recursive: true, force: true });
}

async function take(browser: Browser, { name, path, screen, ready }: Picture, { email, password }: Cast) {
	const context = await browser.newContext({ ...screen, reducedMotion: 'reduce', locale: 'en-GB' });
	await context.request.post(`${server.url}/api/trpc/auth.login`, { data: { email, password } });
	const page = await context.newPage();
	await page.goto(server.url + path, { waitUntil: 'networkidle' });
	await ready(page);
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(images, `${name}.png`) });
	await context.close();
	console.log(`docs/images/${name}.png`);
}
