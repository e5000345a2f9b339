/** A Chromium to drive: the one that is named, Playwright's own, or the one that npm brings. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright, type LaunchOptions } from '@playwright/test';
import bundled, { inflate } from '@sparticuz/chromium';
import { root } from './build.ts';

const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--font-render-hinting=none'
];

/** How Playwright starts it: `CHROMIUM_PATH` first, else Playwright's own where it is installed, else the bundled one. */
export async function chromium(): Promise<LaunchOptions> {
	const own = process.env['CHROMIUM_PATH'] ?? playwright.executablePath();
	if (process.env['CHROMIUM_PATH'] || existsSync(own)) return { executablePath: own, args: flags };
	const directory = await unpacked();
	return {
		executablePath: join(directory, 'chromium'),
		args: flags,
		env: {
			...(process.env as Record<string, string>),
			// It brings the libraries and fonts that a bare machine lacks.
			LD_LIBRARY_PATH: join(directory, 'al2023', 'lib'),
			FONTCONFIG_FILE: fontSettings(directory)
		}
	};
}

/** The bundled settings look for the fonts where a cloud would unpack them; without any font the browser dies of an input. */
function fontSettings(directory: string): string {
	const file = join(directory, 'fonts', 'quits.conf');
	const fonts = join(directory, 'fonts', 'fonts');
	const cache = join(directory, 'fonts', 'cache');
	const settings = `<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>\n`;
	if (!existsSync(file) || readFileSync(file, 'utf8') !== settings) writeFileSync(file, settings);
	return file;
}

/** Unpacks the bundled browser once, all or nothing: the package itself would take a half-written one for whole. */
async function unpacked(): Promise<string> {
	const cache = join(root, 'node_modules', '.cache');
	const directory = join(cache, 'chromium');
	if (existsSync(directory)) return directory;
	mkdirSync(cache, { recursive: true });
	const draft = mkdtempSync(join(cache, 'chromium-'));
	const before = process.env['TMPDIR'];
	process.env['TMPDIR'] = draft; // where the package unpacks to
	try {
		await bundled.executablePath();
		await inflate(join(root, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
		renameSync(draft, directory);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(directory)) throw error; // else somebody else was faster
	} finally {
		if (before === undefined) delete process.env['TMPDIR'];
		else process.env['TMPDIR'] = before;
	}
	return directory;
}
