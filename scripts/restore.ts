/** `npm run restore -- FILE`: a backup to where the environment says, which nobody may have used yet. */
import { restoreBackup } from '#server/backup/restore.ts';
import { backupCommand } from './support/backup-command.ts';

await backupCommand(async (config, file) => {
	const { header, rows, receipts, warning } = await restoreBackup(config, file);
	console.log(`Restored ${rows} rows and ${receipts} receipts as of ${header.createdAt}`);
	if (warning) console.warn(warning);
});
