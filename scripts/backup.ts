/** `npm run backup -- FILE`: everything of the instance that the environment names, to one file, while it runs. */
import { writeBackup } from '#server/backup/write.ts';
import { backupCommand } from './support/backup-command.ts';

await backupCommand(async (config, file) => {
	const { rows, receipts } = await writeBackup(config, file);
	console.log(`Backed up ${rows} rows and ${receipts} receipts to ${file}`);
	console.log('It holds the secrets of this Quits too: keep it as safe as the data itself.');
});
