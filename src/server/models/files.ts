/**
 * The files of model versions, DATA_DIR/models/ID/: `model.json` is what categorises, `trial.json` the same without the merchants
 * held out (to compare later versions with), `metrics.json` the figures and the checksum.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

type Where = Pick<Config, 'dataDir'>;

export const modelFile = 'model.json';
export const trialFile = 'trial.json';
export const metricsFile = 'metrics.json';

export type Files = Readonly<Record<string, Uint8Array>>;

const modelsDirectory = ({ dataDir }: Where): string => join(dataDir, 'models');

/** Versions' ids come from the database, where only UUIDs get in; anything else must not become a path. */
function directoryOf(where: Where, versionId: string): string {
	if (!/^[\da-f-]{36}$/.test(versionId)) throw new Error('this is no id of a model version');
	return join(modelsDirectory(where), versionId);
}

const asideOf = (versionId: string): string => `new-${versionId}-${randomUUID()}`;

/**
 * Writes a version's files: aside, all the way to the disk, and then to their place in one step. So they are there whole or not
 * at all. What was there before goes. Throws what the file system says.
 */
export async function writeVersion(where: Where, versionId: string, files: Files): Promise<void> {
	const directory = directoryOf(where, versionId);
	const parent = modelsDirectory(where);
	const aside = join(parent, asideOf(versionId));
	try {
		await mkdir(aside, { recursive: true, mode: 0o700 });
		for (const [name, bytes] of Object.entries(files)) await writeFile(join(aside, name), bytes);
		await syncDirectory(aside);
		await rm(directory, { recursive: true, force: true });
		await rename(aside, directory);
		await syncDirectory(parent);
	} catch (error) {
		await rm(aside, { recursive: true, force: true }).catch(() => undefined);
		throw error;
	}
}

async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
	const file = await open(path, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Without this a power cut can forget a new name. */
async function syncDirectory(directory: string): Promise<void> {
	const handle = await open(directory);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** The bytes of a version's file; null when it is not there, or cannot be read. */
export async function readVersionFile(where: Where, versionId: string, name: string): Promise<Buffer | null> {
	return readFile(join(directoryOf(where, versionId), name)).catch(() => null);
}

export const deleteVersion = (where: Where, versionId: string): Promise<void> =>
	rm(directoryOf(where, versionId), { recursive: true, force: true });

/** All that is there: `versionId` is null for what belongs to none. */
export async function versionFolders(
	where: Where
): Promise<{ versionId: string | null; aside: boolean; drop: () => Promise<void> }[]> {
	const directory = modelsDirectory(where);
	const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
		throw error;
	});
	return names.map((name) => {
		const [, aside, versionId] = /^(new-)?([\da-f-]{36})(?:-[\da-f-]{36})?$/.exec(name) ?? [];
		return {
			versionId: versionId ?? null,
			aside: aside !== undefined,
			drop: () => rm(join(directory, name), { recursive: true, force: true })
		};
	});
}
