/** Files that jobs have written, DATA_DIR/exports/ID; those still being written are beside them as `new-ID-RUN`. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

type Where = Pick<Config, 'dataDir'>;

const directoryOf = ({ dataDir }: Where): string => join(dataDir, 'exports');

const uuid = /^[\da-f-]{36}$/;
const asidePattern = /^new-([\da-f-]{36})-([\da-f-]{36})$/;

/** Ids come from the database, where only UUIDs get in; anything else must not become a path. */
function fileOf(where: Where, exportId: string): string {
	if (!uuid.test(exportId)) throw new Error('this is no id of an export');
	return join(directoryOf(where), exportId);
}

export type Aside = {
	write: (bytes: Uint8Array) => Promise<void>;
	/** All the way to the disk, and then to its place in one step: so it is there whole or not at all. */
	keep: () => Promise<void>;
	/** Takes away what was not kept. */
	drop: () => Promise<void>;
};

/** Begins the file of an attempt; what earlier ones have left goes. */
export async function openAside(where: Where, exportId: string, runId: string): Promise<Aside> {
	const directory = directoryOf(where);
	const place = fileOf(where, exportId);
	await mkdir(directory, { recursive: true, mode: 0o700 });
	await dropAside(where, exportId);
	const aside = join(directory, `new-${exportId}-${runId}`);
	const file = await open(aside, 'wx', 0o600);
	let isOpen = true;
	const close = async (): Promise<void> => {
		if (!isOpen) return;
		isOpen = false;
		await file.close();
	};
	return {
		write: async (bytes) => {
			for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
		},
		keep: async () => {
			await file.sync();
			await close();
			await rename(aside, place);
			await syncDirectory(directory);
		},
		drop: async () => {
			await close();
			await rm(aside, { force: true });
		}
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

/** A file that is whole, to be read and closed; null when it is not on this disk. */
export async function openExport(where: Where, exportId: string) {
	return open(fileOf(where, exportId)).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
}

export const deleteExport = (where: Where, exportId: string): Promise<void> =>
	rm(fileOf(where, exportId), { force: true });

async function dropAside(where: Where, exportId: string): Promise<void> {
	for (const file of await exportFiles(where)) {
		if (file.exportId === exportId && file.runId !== null) await file.drop();
	}
}

/** Every file there, with the attempt that is writing it; what has no name of ours is somebody else's and not among them. */
export async function exportFiles(
	where: Where
): Promise<{ exportId: string; runId: string | null; drop: () => Promise<void> }[]> {
	const directory = directoryOf(where);
	const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
	return names.flatMap((name) => {
		const [, exportId = name, runId = null] = asidePattern.exec(name) ?? [];
		return uuid.test(exportId)
			? [{ exportId, runId, drop: () => rm(join(directory, name), { force: true }) }]
			: [];
	});
}
