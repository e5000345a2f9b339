import { sqliteFile, type DbConfig } from '../db/client.ts';
import { postgresSnapshot } from './postgres.ts';
import type { Snapshot } from './sides.ts';
import { sqliteSnapshot } from './sqlite.ts';

/** What a database holds at this moment. Whoever asked closes it. Error: `BackupError`, where there are no tables of ours. */
export const snapshotOf = async ({ databaseUrl, dataDir }: DbConfig): Promise<Snapshot> =>
	databaseUrl ? postgresSnapshot(databaseUrl) : sqliteSnapshot(sqliteFile(dataDir));
