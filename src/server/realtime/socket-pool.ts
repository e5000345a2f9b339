import pg from 'pg';

/**
 * What Socket.IO's Postgres adapter needs of a pool. With an ordinary pool it sends out of order, reaches members who have
 * just been removed, ends the process when Postgres drops its connections, and falls silent after a reconnect. So: one
 * connection that keeps the order of what is sent, and a connection of its own to listen on.
 */
export function socketPool(connectionString: string, onError: (error: Error) => void): pg.Pool {
	const sender = new pg.Pool({
		connectionString,
		max: 1,
		idleTimeoutMillis: 0,
		connectionTimeoutMillis: 5000
	});
	sender.on('error', onError);
	const facade = {
		query: (text: string, values?: unknown[]) => sender.query(text, values),
		connect: async () => {
			const listener = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5000 });
			listener.on('error', onError);
			await listener.connect();
			return Object.assign(listener, { release: () => void listener.end().catch(() => undefined) });
		},
		end: () => sender.end()
	};
	return facade as unknown as pg.Pool;
}
