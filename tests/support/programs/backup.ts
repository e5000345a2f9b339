/** Makes a backup as a process of its own, one after the other until it is killed: node backup.ts CONFIG FILE */
import { writeBackup } from '#server/backup/write.ts';

const [config = '', file = ''] = process.argv.slice(2);
console.log('begun');
for (;;) await writeBackup(JSON.parse(config), file);
