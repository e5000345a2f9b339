import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/support/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e/stories',
	outputDir: 'test-results/e2e',
	fullyParallel: true,
	// A lost race between a browser and a busy machine is told apart from a broken story by a second try, and reported as flaky.
	retries: process.env['CI'] ? 1 : 0,
	workers: 2,
	forbidOnly: true,
	timeout: 120_000, // of a busy machine
	expect: { timeout: 15_000 },
	globalSetup: './tests/e2e/support/build.ts',
	reporter: 'list',
	use: {
		browserName: 'chromium',
		locale: 'en-GB',
		timezoneId: 'Europe/Berlin',
		viewport: { width: 1280, height: 900 },
		reducedMotion: 'reduce',
		launchOptions: await chromium(),
		screenshot: 'only-on-failure',
		trace: 'on-first-retry' // recording all of them takes a third of the time
	}
});
