import { expect, test } from 'vitest';
import { migratedDatabase } from '../support/db.ts';
import { prepareQueueDirectory } from '../support/queue.ts';
import { launchServer, startServer } from '../support/server.ts';

test('a second process on the same DATA_DIR ends with a message that names the first, which goes on', async () => {
	const config = await migratedDatabase();
	await prepareQueueDirectory(config);
	const first = await startServer(config);
	const second = await launchServer(config);
	expect(await second.ended).toEqual({ code: 1, signal: null });
	expect(second.log.at(-1)?.msg).toContain(`is in use by process ${first.pid}`);
	expect(second.log.at(-1)?.msg).toContain('DATA_DIR');
	expect(await (await fetch(`${first.url}/healthz`)).text()).toBe('ok');
	await first.end('SIGTERM');
	const third = await startServer(config);
	expect(await (await fetch(`${third.url}/healthz`)).text()).toBe('ok');
});
