/** Playwright's test with a running Quits in it, and people who use it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { startBuild, type Server } from '../../../scripts/support/build.ts';
import { register, remote, type Registration, type Remote } from '../../../scripts/support/remote.ts';
import { watchForTrouble, type Trouble } from './trouble.ts';

export { expect } from '@playwright/test';

export const password = 'seven otters cross rivers';

/** Somebody with an account and a browser of their own, signed in. */
export type Person = Remote & { name: string; email: string; page: Page; context: BrowserContext };

type Settings = Partial<Pick<Registration, 'locale' | 'currency'>> & {
	/** In a browser of their own, beside the test's: for two people at the same time. */
	apart?: boolean;
};

type Fixtures = {
	trouble: Trouble;
	/** Somebody new, signed in in this test's browser (or one of their own), who has seen nothing yet. */
	meet: (name: string, settings?: Settings) => Promise<Person>;
	/** A Quits of this test's own, that nobody has set up. */
	untouched: Server & { dataDir: string };
};

type WorkerFixtures = {
	/** Shared by the tests of a worker, each of which brings its own people. One that stops it starts it again. */
	server: { url: string; dataDir: string; stop: () => Promise<void>; start: () => Promise<void> };
};

let people = 0;

const registration = (name: string, settings: Omit<Settings, 'apart'> = {}): Registration => ({
	name,
	email: `${name.toLowerCase()}-${process.pid}-${++people}@example.org`,
	password,
	currency: 'EUR',
	locale: 'en',
	timeZone: 'Europe/Berlin',
	...settings
});

const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'quits-e2e-'));
/** Webhooks may reach the receivers of stories. */
const env = { RATE_LIMITS: 'off', LOG_LEVEL: 'trace', EGRESS_ALLOW: '127.0.0.1' };

/** Passwords and tokens of this worker's people. */
const secrets = new Set([password]);

/** Whatever the stories did, a server has written none of them down. */
const expectNoSecrets = ({ log }: Server): void =>
	expect([...secrets].filter((secret) => log().includes(secret))).toEqual([]);

export const test = base.extend<Fixtures, WorkerFixtures>({
	server: [
		async ({}, use) => {
			const dataDir = temporaryDirectory();
			let running = await startBuild({ dataDir, env });
			const started = [running];
			const { url } = running;
			const port = Number(new URL(url).port);
			await register(url, registration('Admin'));
			await use({
				url,
				dataDir,
				stop: () => running.stop(),
				start: async () => void started.push((running = await startBuild({ dataDir, port, env })))
			});
			await running.stop();
			for (const server of started) expectNoSecrets(server);
			rmSync(dataDir, { recursive: true, force: true });
		},
		{ scope: 'worker', timeout: 90_000 }
	],
	baseURL: async ({ server }, use) => use(server.url),
	trouble: [
		async ({ context }, use) => {
			const trouble = watchForTrouble(context);
			await use(trouble);
			trouble.check();
		},
		{ auto: true }
	],
	meet: async ({ server, browser, page: ownPage, context: ownContext, trouble }, use) => {
		const others: BrowserContext[] = [];
		const another = async () => {
			const context = await browser.newContext();
			others.push(context);
			trouble.watch(context);
			return { context, page: await context.newPage() };
		};
		await use(async (name, { apart = false, ...settings } = {}) => {
			const { context, page } = apart ? await another() : { context: ownContext, page: ownPage };
			const data = registration(name, settings);
			// Registering through the browser's own requests leaves the session's cookie in it.
			const answer = await context.request.post(`${server.url}/api/trpc/auth.register`, { data });
			const { result } = (await answer.json()) as { result: { data: { token: string } } };
			secrets.add(result.data.token);
			return { ...remote(server.url, result.data.token), name, email: data.email, page, context };
		});
		for (const context of others) await context.close();
	},
	untouched: async ({ browser }, use) => {
		const dataDir = temporaryDirectory();
		const server = await startBuild({ dataDir, env });
		await use({ ...server, dataDir });
		// A page that is still open would complain that its server is gone.
		const pages = browser.contexts().flatMap((context) => context.pages());
		await Promise.all(pages.map((page) => page.goto('about:blank')));
		await server.stop();
		expectNoSecrets(server);
		rmSync(dataDir, { recursive: true, force: true });
	}
});
