import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/support/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e/stories',
	outputDir: 'test-results/e2e',
	fullyParallel: true,
	workers: 2,
	forbidOnly: true,
	timeout: 60_000,
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
		trace: 'retain-on-failure'
	}
});
