import { resolve } from 'node:path';
import { BackupError } from '#server/backup/format.ts';
import { ConfigError, readConfig, type Config } from '#server/config.ts';
import { MigrationError } from '#server/db/migrations.ts';
import { DirectoryHeldError } from '#server/queue/directory-lock.ts';

/** Runs `npm run backup` or `npm run restore`: the file is the one argument, from where it was typed. What is wrong is said in a line. */
export async function backupCommand(work: (config: Config, file: string) => Promise<void>): Promise<void> {
	// What we write is people's money: nobody else on this machine reads it.
	process.umask(0o077);
	const [file, ...more] = process.argv.slice(2);
	try {
		if (!file || more.length > 0)
			throw new BackupError('name one file, as in: npm run backup -- quits.backup');
		await work(readConfig(process.env), resolve(process.env['INIT_CWD'] ?? '.', file));
	} catch (error) {
		console.error(isTold(error) ? error.message : error);
		process.exitCode = 1;
	}
}

/** Whether its message says it all: ours do, and those of the disk, as in "EACCES: permission denied, open '/root/quits.backup'". */
const isTold = (error: unknown): error is Error =>
	[BackupError, ConfigError, MigrationError, DirectoryHeldError].some((kind) => error instanceof kind) ||
	(error instanceof Error && 'code' in error && 'syscall' in error && 'path' in error);
