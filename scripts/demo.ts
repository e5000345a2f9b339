/** `npm run demo`: Quits with a year in it, on data that are gone when it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { today } from '#lib/i18n.ts';
import { buildWorld } from './demo/world.ts';
import { build, startBuild } from './support/build.ts';

build();
const directory = mkdtempSync(join(tmpdir(), 'quits-demo-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

const port = Number(process.env['PORT'] || 3000);
const starting = startBuild({ dataDir: join(directory, 'data'), port, env: { LOG_LEVEL: 'warn' } });
let leaving = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, async () => {
		// Ctrl-C comes twice under npm: from the terminal, and passed on by npm.
		if (leaving) return;
		leaving = true;
		await (await starting).stop();
		process.exit(0);
	});
}

console.log('Two people are living through a year …');
const server = await starting.catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
server.process.stdout?.pipe(process.stdout);
server.process.once('close', (code) => process.exit(code ?? 1));

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const { people, ready, burstPath } = await buildWorld(server.url, today(timeZone));
const file = join(directory, ready.name);
writeFileSync(file, ready.bytes);

console.log(`
Quits is open at http://localhost:${port}

${people.map(({ name, email, password }) => `  ${name.padEnd(5)} ${email.padEnd(18)} ${password}`).join('\n')}

Ana has one import that waits for her, and one statement to drop on the import page:
  ${file}
They share the group "Flat": sign Ben in in another browser and watch both. Ana has a payment of his to confirm.

The flat's budget is about to burst. Open this as Ana or Ben and press "Add expense": the alert shows at once on every page of both.
  http://localhost:${port}${burstPath}

Ctrl-C ends it; nothing is kept.`);
