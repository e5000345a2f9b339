/** What `npm run dev` adds to Vite: the app with its jobs, and live sockets on Vite's own server. */
import type { Server } from 'node:http';
import * as jobs from '#jobs/index.ts';
import { hasApp } from './app.ts';
import { readConfig } from './config.ts';
import { makeLog } from './log.ts';
import { attachSockets } from './realtime/sockets.ts';
import { startApp } from './start.ts';

/** Starts the app unless an earlier load of this module has. */
export async function startDev(http: Server): Promise<void> {
	if (hasApp()) return;
	const config = readConfig({ PORT: '5173', ...process.env });
	const { app } = await startApp(config, makeLog(config.logLevel), jobs);
	attachSockets(app.live.sockets, http);
}
