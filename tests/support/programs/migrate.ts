/** Applies migrations as a process of its own and prints what it applied: node migrate.ts CONFIG DIRECTORY */
import { migrate } from '#server/db/migrate.ts';

const [config = '', directory = ''] = process.argv.slice(2);
console.log(JSON.stringify(await migrate(JSON.parse(config), { directory })));
