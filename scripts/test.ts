/** `npm test`: everything there is to test, one runner after the other; the last line sums them up. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './support/build.ts';

type Counts = { passed: number; failed: number; skipped: number };

const results = join(root, 'test-results');
const file = (name: string) => join(results, `${name}.json`);

/** Runs a tool in the foreground and answers with its exit code. */
function run(tool: string, args: string[], env: Record<string, string> = {}): Promise<number> {
	const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, ...env }
	});
	return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** The counts a runner left, or null when it ended before it could count. */
function readCounts<Report>(name: string, countsOf: (report: Report) => Counts): Counts | null {
	if (!existsSync(file(name))) return null;
	return countsOf(JSON.parse(readFileSync(file(name), 'utf8')) as Report);
}

type VitestReport = {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: { status: string; assertionResults: unknown[] }[];
};

/** A file that could not even be loaded has no test to count, so it counts as one that failed. */
const ofVitest = (report: VitestReport): Counts => ({
	passed: report.numPassedTests,
	failed:
		report.numFailedTests +
		report.testResults.filter(
			({ status, assertionResults }) => status === 'failed' && !assertionResults.length
		).length,
	skipped: report.numPendingTests + report.numTodoTests
});

type PlaywrightReport = {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	errors: unknown[];
};

const ofPlaywright = ({ stats, errors }: PlaywrightReport): Counts => ({
	passed: stats.expected + stats.flaky,
	failed: stats.unexpected + errors.length,
	skipped: stats.skipped
});

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
build();

const vitest = await run('vitest/vitest.mjs', [
	'run',
	'--reporter=default',
	'--reporter=json',
	`--outputFile=${file('vitest')}`
]);
const playwright = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
	PLAYWRIGHT_JSON_OUTPUT_FILE: file('playwright')
});

const counts = [readCounts('vitest', ofVitest), readCounts('playwright', ofPlaywright)];
const sum = (key: keyof Counts) => counts.reduce((total, each) => total + (each?.[key] ?? 0), 0);
// A runner that failed without naming a test (it crashed, or something broke around the tests) is a failure of its own.
const unnamed = [vitest, playwright].filter((code, at) => code !== 0 && !counts[at]?.failed).length;
const [passed, failed, skipped] = [sum('passed'), sum('failed') + unnamed, sum('skipped')];

console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : 0);
