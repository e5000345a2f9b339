import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { writeBackup } from './write.ts';

/** So many nights stay; the oldest goes when there is a new one, and not before. */
const nights = 7;
const name = /^quits-\d{4}-\d\d-\d\d\.backup$/;

/** Backs everything up to DATA_DIR/backups/quits-DATE.backup. Errors: those of {@link writeBackup}. */
export async function backUpNightly(app: App, jobId: string, now = new Date()): Promise<void> {
	const { config, db, log } = app;
	const directory = join(config.dataDir, 'backups');
	const file = join(directory, `quits-${now.toISOString().slice(0, 10)}.backup`);
	const { rows, receipts } = await writeBackup(config, file);
	log.info({ file, rows, receipts }, 'made the nightly backup');
	const made = (await readdir(directory)).filter((entry) => name.test(entry)).sort();
	for (const old of made.slice(0, -nights)) await rm(join(directory, old), { force: true });
	await inTx(db, (tx) => claimDone(tx, jobId));
}
