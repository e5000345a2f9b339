import { createHmac } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import manifest from '../../../package.json' with { type: 'json' };
import { isPostgres, type DbConfig } from '../db/client.ts';
import { readReceipt } from '../receipts/files.ts';
import { appSecret } from '../secret.ts';
import { BackupError, format, isBackup, requireNoDirectory, type Header, type Line } from './format.ts';
import type { Snapshot } from './sides.ts';
import { snapshotOf } from './snapshot.ts';

/** `appSecret`: as given from outside. */
type Where = DbConfig & { appSecret?: string | undefined };

/** Quick: it is made every night, and texts shrink well with any effort. */
const effort = { level: 4 };
const attempts = 5;

/** The rows are of one moment; a receipt of it was deleted before it could be read. */
class ReceiptGone extends Error {}

/**
 * Writes everything an instance has to one file (its form: format.ts), readable by its owner only, as it was at one moment;
 * the instance may run and be written to meanwhile. The file is there when it is whole, and not before. An earlier backup of the
 * same name is replaced, any other file is not. Errors: {@link BackupError}; those of the disk and the database.
 */
export async function writeBackup(where: Where, file: string): Promise<{ rows: number; receipts: number }> {
	requireNoDirectory(file);
	if (existsSync(file) && !(await isBackup(file)))
		throw new BackupError(`${file} is there already, and no backup`);
	await mkdir(dirname(file), { recursive: true });
	for (let attempt = 1; ; attempt++) {
		try {
			return await writeOnce(where, file);
		} catch (error) {
			if (!(error instanceof ReceiptGone)) throw error;
			if (attempt === attempts) throw new BackupError(`${error.message}; tried ${attempts} times`);
		}
	}
}

async function writeOnce(where: Where, file: string): Promise<{ rows: number; receipts: number }> {
	const snapshot = await snapshotOf(where);
	const unfinished = `${file}.unfinished`;
	const counts = { rows: 0, receipts: 0 };
	try {
		await pipeline(
			Readable.from(texts(where, snapshot, counts)),
			createGzip(effort),
			createWriteStream(unfinished, { mode: 0o600 })
		);
		await sync(unfinished);
		await rename(unfinished, file);
		await sync(dirname(file));
		return counts;
	} catch (error) {
		await rm(unfinished, { force: true });
		throw error;
	} finally {
		await snapshot.close();
	}
}

/** Without this a power cut can forget what was written, or its name. */
async function sync(path: string): Promise<void> {
	const handle = await open(path);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

const written = (line: Line): string => `${JSON.stringify(line)}\n`;

async function* texts(
	where: Where,
	snapshot: Snapshot,
	counts: { rows: number; receipts: number }
): AsyncGenerator<string, void, undefined> {
	yield written(await headerOf(where, snapshot));
	// First, while hardly anything can have changed since the moment of the rows.
	for (const [id] of await snapshot.select(`SELECT "id" FROM "Expense" WHERE "receiptType" IS NOT NULL`)) {
		const bytes = await readReceipt(where, String(id));
		if (!bytes) throw new ReceiptGone(`the receipt of expense ${String(id)} is not in DATA_DIR/receipts`);
		yield written({ receipt: String(id), bytes: Buffer.from(bytes).toString('base64') });
		counts.receipts++;
	}
	const rows: Record<string, number> = {};
	for (const table of snapshot.tables) {
		yield written({ table });
		rows[table.name] = 0;
		for await (const batch of snapshot.rows(table)) {
			rows[table.name]! += batch.length;
			counts.rows += batch.length;
			yield batch.map(written).join('');
		}
	}
	yield written({ end: { rows, receipts: counts.receipts } });
}

async function headerOf(where: Where, { migrations }: Snapshot): Promise<Header> {
	const secret = await appSecret(where);
	return {
		quits: 'backup',
		format,
		version: manifest.version,
		createdAt: new Date().toISOString(),
		database: isPostgres(where) ? 'postgres' : 'sqlite',
		migrations,
		...(where.appSecret === undefined && { secret }),
		secretMark: markOf(secret)
	};
}

/** Tells two secrets apart without giving either away. */
export const markOf = (secret: string): string =>
	createHmac('sha256', secret).update('backup').digest('hex').slice(0, 16);
