import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';

/** Another running process works on this data directory. */
export class DirectoryHeldError extends Error {
	override name = 'DirectoryHeldError';
}

type Owner = { pid: number; host: string };

const RETRY_EVERY_MS = 250;
// A garbage collected handle is closed, and the lock goes with it.
const held = new Set<Database.Database>();

/**
 * Takes a directory for this process, since PGlite lets a second one in without a word. The lock is SQLite's on a file
 * beside it, so the operating system drops it when we die, however we die.
 *
 * A restart may overlap with the end of the process before, so this waits up to `waitMs`. Whoever holds it then and is alive
 * stops us: throws {@link DirectoryHeldError} naming the process. A lock whose owner is dead (some network file systems keep
 * them) does not: its file is replaced.
 *
 * @returns how to give the directory back
 */
export async function lockDirectory(directory: string, waitMs: number): Promise<() => void> {
	const file = lockFile(directory);
	const giveUp = Date.now() + waitMs;
	for (;;) {
		const handle = tryLock(file);
		if (handle) return hold(handle, file);
		if (Date.now() >= giveUp) break;
		await delay(RETRY_EVERY_MS);
	}
	const owner = readOwner(file);
	if (!owner || isAlive(owner)) throw new DirectoryHeldError(heldMessage(directory, file, owner));
	rmSync(file, { force: true });
	const handle = tryLock(file);
	if (!handle) throw new DirectoryHeldError(heldMessage(directory, file, null));
	return hold(handle, file);
}

export const lockFile = (directory: string): string => `${directory}.lock`;
const ownerFile = (lock: string): string => `${lock}.owner`;

/** Takes away the files of a lock that this process holds. */
export function dropLock(directory: string): void {
	for (const file of [ownerFile(lockFile(directory)), lockFile(directory)]) rmSync(file, { force: true });
}

function tryLock(file: string): Database.Database | null {
	const handle = new Database(file, { timeout: 0 });
	try {
		handle.exec('PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
		return handle;
	} catch (error) {
		handle.close();
		const { code } = error as { code?: string };
		if (code?.startsWith('SQLITE_BUSY')) return null;
		if (code !== 'SQLITE_NOTADB') throw error;
		rmSync(file); // damaged, so nobody can hold it
		return tryLock(file);
	}
}

function hold(handle: Database.Database, file: string): () => void {
	held.add(handle);
	writeFileSync(ownerFile(file), JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
	return () => {
		held.delete(handle);
		handle.close();
	};
}

function readOwner(file: string): Owner | null {
	try {
		return JSON.parse(readFileSync(ownerFile(file), 'utf8')) as Owner;
	} catch {
		return null;
	}
}

/** Whether the owner runs. On another machine that cannot be told, so it counts as alive. */
function isAlive({ pid, host }: Owner): boolean {
	if (host !== hostname()) return true;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as { code?: string }).code === 'EPERM';
	}
}

function heldMessage(directory: string, file: string, owner: Owner | null): string {
	const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
	return `${directory} is in use by ${who}: stop it, or give this one a DATA_DIR of its own (if it is long gone, delete ${file})`;
}
