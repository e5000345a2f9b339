/** What `npm run dev` adds to Vite: the app with its jobs, and live sockets on Vite's own server. */
import type { Server } from 'node:http';
import * as jobs from '#jobs/index.ts';
import { readConfig } from './config.ts';
import { makeLog } from './log.ts';
import { attachSockets } from './realtime/sockets.ts';
import { startApp } from './start.ts';

const slot = Symbol.for('quits.dev');
const holder = globalThis as { [slot]?: () => Promise<void> };

/** Starts the app; one that Vite's server had before it was restarted is stopped first. */
export async function startDev(http: Server): Promise<void> {
	await holder[slot]?.();
	const config = readConfig({ PORT: '5173', ...process.env });
	const { app, stop } = await startApp(config, makeLog(config.logLevel), jobs);
	holder[slot] = stop;
	attachSockets(app.live.sockets, http);
}
