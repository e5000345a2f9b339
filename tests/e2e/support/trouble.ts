/** What a page must not do unless a test says so: log an error, throw one, or ask for something it does not get. */
import { expect, type BrowserContext } from '@playwright/test';

export type Trouble = {
	/** Trouble that fits is a part of this test. */
	allow: (...patterns: RegExp[]) => void;
	/** Watches one more browser. */
	watch: (context: BrowserContext) => void;
	check: () => void;
};

const harmless = new RegExp(
	[
		// Chromium, of files that the service worker hands out: they are loaded twice at worst.
		'cross-world service worker resource mismatch',
		'was preloaded using link preload but not used',
		// Playwright, where it would look into the frame of a mail, in which no script runs.
		"Blocked script execution in 'about:srcdoc'"
	].join('|')
);

export function watchForTrouble(context: BrowserContext): Trouble {
	const seen: string[] = [];
	const allowed: RegExp[] = [];
	const watch = (context: BrowserContext): void => {
		context.on('console', (message) => {
			if (harmless.test(message.text())) return;
			if (message.type() === 'error' || message.type() === 'warning') {
				seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
			}
		});
		context.on('weberror', (error) =>
			seen.push(`page error: ${error.error().stack ?? error.error().message}`)
		);
		context.on('requestfailed', (request) => {
			const reason = request.failure()?.errorText;
			// Whoever leaves a page leaves its requests too.
			if (reason !== 'net::ERR_ABORTED') seen.push(`failed: ${request.url()} ${reason}`);
		});
		context.on('response', (response) => {
			if (response.status() >= 400) seen.push(`answer: ${response.url()} ${response.status()}`);
		});
	};
	watch(context);
	return {
		watch,
		allow: (...patterns) => void allowed.push(...patterns),
		check: () => expect(seen.filter((line) => !allowed.some((pattern) => pattern.test(line)))).toEqual([])
	};
}
