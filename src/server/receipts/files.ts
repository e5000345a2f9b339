/** Receipts are files in DATA_DIR/receipts, one for an expense, named by its id. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

type Where = Pick<Config, 'dataDir'>;

const directoryOf = ({ dataDir }: Where): string => join(dataDir, 'receipts');

/** Expense ids come from the database, where only UUIDs get in; anything else must not become a path. */
function fileOf(where: Where, expenseId: string): string {
	if (!/^[\da-f-]{36}$/i.test(expenseId)) throw new Error('this is no id of an expense');
	return join(directoryOf(where), expenseId);
}

/**
 * Writes a receipt aside, all the way to the disk. `keep` then makes it the one of its expense, in one step; `drop` takes away
 * what was not kept.
 */
export async function writeAside(
	where: Where,
	expenseId: string,
	bytes: Uint8Array
): Promise<{ keep: () => Promise<void>; drop: () => Promise<void> }> {
	const directory = directoryOf(where);
	await mkdir(directory, { recursive: true });
	const aside = join(directory, `new-${randomUUID()}`);
	const file = await open(aside, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	return {
		keep: async () => {
			await rename(aside, fileOf(where, expenseId));
			await syncDirectory(directory);
		},
		drop: () => rm(aside, { force: true })
	};
}

/** Without this a power cut can forget the new name. */
async function syncDirectory(directory: string): Promise<void> {
	const handle = await open(directory);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** The bytes of an expense's receipt; null when there is none. */
export async function readReceipt(where: Where, expenseId: string): Promise<Uint8Array<ArrayBuffer> | null> {
	return readFile(fileOf(where, expenseId)).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
}

export const deleteReceipt = (where: Where, expenseId: string): Promise<void> =>
	rm(fileOf(where, expenseId), { force: true });

/** Every file there that was last written before a moment: `expenseId` is null for one that was never kept. */
export async function receiptFiles(
	where: Where,
	before: Date
): Promise<{ expenseId: string | null; drop: () => Promise<void> }[]> {
	const directory = directoryOf(where);
	const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
	const files = [];
	for (const name of names) {
		const path = join(directory, name);
		const found = await stat(path).catch(() => null); // another process may have taken it away
		if (!found?.isFile() || found.mtime >= before) continue;
		const expenseId = name.startsWith('new-') ? null : name;
		files.push({ expenseId, drop: () => rm(path, { force: true }) });
	}
	return files;
}
