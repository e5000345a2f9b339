/** The commands as they are typed: what they leave readable, and what they say. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { tempDirectory } from '../support/db.ts';

const { app } = await startTestApp();

async function typed(script: 'backup' | 'restore', file: string, dataDir: string, databaseUrl?: string) {
	const program = fileURLToPath(new URL(`../../scripts/${script}.ts`, import.meta.url));
	const { DATABASE_URL: _, ...rest } = process.env;
	const env = { ...rest, DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
	const child = spawn('sh', ['-c', 'umask 022; exec "$0" "$@"', process.execPath, program, file], { env });
	const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { out, err: err.trim() };
}

test('what is restored is for nobody else to read, and a directory is no file to back up to', async () => {
	const { dataDir, databaseUrl } = app.config;
	const directory = tempDirectory();
	const refused = await typed('backup', directory, dataDir, databaseUrl);
	expect(refused.err).toBe(
		`${directory} is a directory: name a file in it, as in ${join(directory, 'quits.backup')}`
	);
	const file = join(directory, 'quits.backup');
	expect((await typed('backup', file, dataDir, databaseUrl)).out).toMatch(/^Backed up \d+ rows/);
	const place = join(directory, 'data');
	expect((await typed('restore', file, place)).out).toMatch(/^Restored \d+ rows/);
	const written = [place, ...readdirSync(place).map((name) => join(place, name))];
	expect(written.length).toBeGreaterThan(3);
	for (const path of written) expect(statSync(path).mode & 0o077, path).toBe(0);
});
