import pg from 'pg';

type Hears = {
	onError: (error: Error) => void;
	/** It was not listening for a while: whatever other processes have sent since then is lost. */
	onGap: () => void;
};

/**
 * What Socket.IO's Postgres adapter needs of a pool. With an ordinary pool it sends out of order, reaches members who have
 * just been removed, ends the process when Postgres drops its connections, and falls silent after a reconnect. So: one
 * connection that keeps the order of what is sent, and a connection of its own to listen on.
 */
export function socketPool(connectionString: string, { onError, onGap }: Hears): pg.Pool {
	const sender = new pg.Pool({
		connectionString,
		max: 1,
		idleTimeoutMillis: 0,
		connectionTimeoutMillis: 5000
	});
	sender.on('error', onError);
	let line: Promise<unknown> = Promise.resolve();
	let isBack = false;
	const facade = {
		query: (text: string, values?: unknown[]) => {
			const once = () => sender.query(text, values);
			// Where the connection was cut there is another one; who comes after waits, so that the order stays.
			const sent = line.then(() => once().catch(once));
			line = sent.catch(() => undefined);
			return sent;
		},
		connect: async () => {
			const listener = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5000 });
			listener.on('error', onError);
			await listener.connect();
			const hadGap = isBack;
			isBack = true;
			// Before it listens, so that nobody hears by what they were before; and after, for those who have come in between.
			if (hadGap) onGap();
			const ask = listener.query.bind(listener);
			return Object.assign(listener, {
				release: () => void listener.end().catch(() => undefined),
				query: async (text: string) => {
					await ask(text);
					if (hadGap) onGap();
				}
			});
		},
		end: () => line.then(() => sender.end())
	};
	return facade as unknown as pg.Pool;
}
