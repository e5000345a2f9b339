/** The life of a process: settings, start, and a clean end within ten seconds of being told to. */
import { ConfigError, readConfig } from './config.ts';
import { DirectoryHeldError } from './queue/directory-lock.ts';
import { makeLog, type Log } from './log.ts';
import { startApp, type Jobs } from './start.ts';
import type { App } from './app.ts';

// The promise is ten seconds; what has not ended by then is cut off.
const patienceMs = 9_000;

/** What a process does beside running jobs; resolves to how to stop it. */
export type Service = (app: App) => Promise<() => Promise<void>>;

/** Runs until SIGTERM or SIGINT. A start that fails is logged and ends the process with code 1. */
export async function runProcess(jobs: Jobs, serve?: Service): Promise<void> {
	// What we write is people's money: nobody else on this machine reads it.
	process.umask(0o077);
	let log = makeLog('info');
	try {
		const config = readConfig(process.env);
		log = makeLog(config.logLevel);
		const { app, stop } = await startApp(config, log, jobs);
		const stopServing = await serve?.(app);
		onSignal(log, async () => {
			await stopServing?.();
			await stop();
		});
	} catch (error) {
		const known = error instanceof ConfigError || error instanceof DirectoryHeldError;
		if (known) log.fatal(error.message);
		else log.fatal({ err: error }, 'Quits could not start');
		process.exit(1);
	}
}

function onSignal(log: Log, stop: () => Promise<void>): void {
	let leaving = false;
	const leave = (signal: string) => {
		if (leaving) return;
		leaving = true;
		log.info({ signal }, 'stopping');
		setTimeout(() => {
			log.error('stopping took too long');
			process.exit(1);
		}, patienceMs).unref();
		stop().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ err: error }, 'stopping failed');
				process.exit(1);
			}
		);
	};
	process.on('SIGTERM', () => leave('SIGTERM'));
	process.on('SIGINT', () => leave('SIGINT'));
	// A bug somewhere must not end everybody's session; it is logged with all that is known.
	process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
}
