/**
 * What one running process holds: settings, log, database, queue, live sockets. Kept on globalThis so that a hot reload in
 * development finds the same one.
 */
import type { Config } from './config.ts';
import type { Db } from './db/client.ts';
import type { Log } from './log.ts';
import type { Queue } from './queue/queue.ts';
import type { Limits } from './limits/limit.ts';
import type { Models } from './models/models.ts';
import type { Live } from './realtime/live.ts';
import type { Sealer } from './seal.ts';

export type App = {
	config: Config;
	log: Log;
	db: Db;
	live: Live;
	queue: Queue;
	limits: Limits;
	models: Models;
	sealer: Sealer;
	/** Shown in the log at start; asked of whoever makes the first account from elsewhere than this machine. */
	setupCode: string;
};

const slot = Symbol.for('quits.app');
const holder = globalThis as { [slot]?: App };

/** The running app. Throws when nothing has been started in this process. */
export function app(): App {
	const running = holder[slot];
	if (!running) throw new Error('Quits has not been started in this process');
	return running;
}

export function setApp(running: App | undefined): void {
	holder[slot] = running;
}
