/** Quits as a whole in this process: database, queue with its jobs, live sockets on a port of their own. One at a time. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import { afterAll, afterEach, expect } from 'vitest';
import * as jobs from '#jobs/index.ts';
import type { App } from '#server/app.ts';
import { startSession } from '#server/sessions/start.ts';
import { readConfig } from '#server/config.ts';
import { inTx } from '#server/db/client.ts';
import { attachSockets } from '#server/realtime/sockets.ts';
import { startApp } from '#server/start.ts';
import { startUpload } from '#server/uploads/start.ts';
import { apiOf } from './api.ts';
import { migratedDatabase } from './db.ts';
import { connectLive } from './live.ts';
import type { Person } from './person.ts';
import { keptLog, prepareQueueDirectory } from './queue.ts';

export type TestApp = {
	app: App;
	/** Where the sockets are. */
	url: string;
	/** Log lines so far. */
	log: ReturnType<typeof keptLog>['lines'];
	/** Somebody with an account, signed in, with an open live connection. No password: sign-in has tests of its own. */
	meet: (name: string, settings?: { role?: 'admin' | 'member'; locale?: 'en' | 'de' }) => Promise<Person>;
	/** Says that this test makes the server log errors; otherwise an error in the log fails the test file. */
	expectErrors: () => void;
};

type Options = {
	/** Further environment variables. */
	env?: Record<string, string>;
	/** False: jobs are promised but not run, so that a test can run them itself. */
	work?: boolean;
};

/** Starts it on a database of this test file's own, and stops it after the tests. */
export async function startTestApp({ env = {}, work = true }: Options = {}): Promise<TestApp> {
	const where = await migratedDatabase();
	await prepareQueueDirectory(where);
	const config = readConfig({
		DATA_DIR: where.dataDir,
		DATABASE_URL: where.databaseUrl,
		RATE_LIMITS: 'off',
		...env
	});
	const { log, lines } = keptLog();
	const { app, stop } = await startApp({ ...config, role: work ? 'all' : 'web' }, log, jobs);
	const http = createServer((_, answer) => answer.writeHead(404).end());
	attachSockets(app.live.sockets, http);
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	let mayFail = false;
	let told = 0;
	afterEach(({ task }) => {
		const said = lines.slice(told).filter(({ level }) => level >= 40);
		told = lines.length;
		if (task.result?.state === 'fail' && said.length > 0) console.log(said);
	});
	afterAll(async () => {
		await stop();
		http.close();
		if (!mayFail) expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
	});
	return { app, url, log: lines, meet: meeting(app, url), expectErrors: () => void (mayFail = true) };
}

const meeting =
	(app: App, url: string): TestApp['meet'] =>
	async (name, { role = 'member', locale = 'en' } = {}) => {
		const id = v7();
		const email = `${name.toLowerCase()}-${id.slice(-6)}@example.org`;
		const token = await inTx(app.db, async (tx) => {
			const user = await tx.user.create({ data: { id, email, name, role, locale, passwordHash: 'none' } });
			return (await startSession(tx, user, { userAgent: 'tests', address: '127.0.0.1' })).token;
		});
		return {
			id,
			name,
			token,
			api: apiOf(app, { token }),
			live: await connectLive(url, { token }),
			send: ({ name: filename, bytes }, { preview = false, ...rest } = {}) =>
				startUpload(app, id, { filename, bytes, preview, ...rest })
		};
	};
