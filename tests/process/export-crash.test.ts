/** `kill -9` while exports are written, then a start: each is there, whole and once. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DbConfig } from '#server/db/client.ts';
import { migratedDatabase } from '../support/db.ts';
import { csvLines, xlsxSheets } from '../support/export-readers.ts';
import { importStatement, type Person } from '../support/person.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { signUp, startServer, visit, type Server } from '../support/server.ts';
import { bookings, statement } from '../support/statement.ts';

const rows = 8000;

const isDone = async ({ api }: Person, id: string): Promise<boolean> => {
	const { items } = await api.exports.list.query();
	return items.find((item) => item.id === id)?.status === 'done';
};

async function taken({ url }: Server, { token }: Person, path: string): Promise<Buffer> {
	const answer = await fetch(`${url}/api/exports/${path}`, { headers: { authorization: `Bearer ${token}` } });
	expect(answer.status).toBe(200);
	return Buffer.from(await answer.arrayBuffer());
}

/** What a file says, without when it was written. */
const contentOf: Record<string, (bytes: Buffer) => Promise<unknown>> = {
	'transactions.pdf': async (bytes) => ({ size: bytes.length, end: bytes.subarray(-6).toString() }),
	'transactions.xlsx': xlsxSheets,
	'transactions.csv': async (bytes) => csvLines(bytes)
};

const left = ({ dataDir }: DbConfig): string[] => {
	const directory = join(dataDir, 'exports');
	return existsSync(directory) ? readdirSync(directory) : [];
};

test('a process killed while it writes exports leaves them to the next, which writes each whole', async () => {
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const first = await startServer(config);
	const ana = await signUp(first, 'Ana');
	await importStatement(ana, statement(bookings(rows, { perDay: 10 })));
	const asked = new Map<string, string>();
	for (const file of Object.keys(contentOf)) {
		asked.set(file, (await ana.api.exports.create.mutate({ file, query: '' })).id);
	}
	// The one that takes longest.
	const pdf = `new-${asked.get('transactions.pdf')}`;
	const isWriting = () => left(config).some((name) => name.startsWith(pdf));
	while (!isWriting()) await delay(1);
	await delay(100);
	await first.end('SIGKILL');
	expect(isWriting()).toBe(true);

	const second = await startServer(config);
	const back = await visit(second.url, ana);
	for (const [file, id] of asked) {
		await expect.poll(() => isDone(back, id), { timeout: 120_000, interval: 200 }).toBe(true);
		const [kept, streamed] = [await taken(second, back, `downloads/${id}`), await taken(second, back, file)];
		expect(await contentOf[file]!(kept)).toEqual(await contentOf[file]!(streamed));
	}
	expect(left(config).sort()).toEqual([...asked.values()].sort());
	expect(csvLines(await taken(second, back, 'transactions.csv'))).toHaveLength(rows);
	expect(second.log.filter(({ level }) => level >= 50)).toEqual([]);
});
