/** The Socket.IO server: who may connect, which rooms they are in, and how several processes share it. */
import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/postgres-adapter';
import { Server } from 'socket.io';
import { cookieToken } from '../auth/cookie.ts';
import { admit } from '../auth/access.ts';
import { identify } from '../auth/identify.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import { DomainError } from '../errors.ts';
import { isOwnPage } from '../origin.ts';
import { sessionRoom, userRoom, type Sockets } from './live.ts';
import { closeEnded } from './close-ended.ts';
import { socketPool } from './socket-pool.ts';

const maxSocketsPerUser = 10;
const sweepEveryMs = 60_000;

/**
 * Makes the server. Without `http` it only sends (a worker process). On Postgres every process shares events through it.
 * The returned `close` ends sockets and the adapter's connections.
 */
export function makeSockets(config: Config, db: Db, log: Log): { sockets: Sockets; close(): Promise<void> } {
	const pool = config.databaseUrl
		? socketPool(config.databaseUrl, (error) =>
				log.warn({ err: error }, 'live events: connection to Postgres lost')
			)
		: undefined;
	const sockets: Sockets = new Server({
		serveClient: false,
		maxHttpBufferSize: 64 * 1024,
		// A browser's handshake must come from our own pages; other programs send no Origin and bring a token.
		allowRequest: (request, answer) => {
			const ok = isOwnPage(config, request.headers);
			answer(ok ? null : 'origin not allowed', ok);
		},
		...(pool
			? { adapter: createAdapter(pool, { errorHandler: (error) => log.warn({ err: error }, 'live events') }) }
			: {})
	});
	sockets.use(async (socket, next) => {
		try {
			const given: unknown = socket.handshake.auth['token'];
			const token =
				typeof given === 'string' ? given : cookieToken(config, socket.handshake.headers.cookie ?? '');
			const { user, by } = admit(token ? await identify(db, token) : null, { scopes: ['read'] });
			const open = await sockets.in(userRoom(user.id)).fetchSockets();
			if (open.length >= maxSocketsPerUser) return next(new Error('too_many_sockets'));
			const id = by.kind === 'session' ? by.session.id : by.id;
			socket.data = { id, kind: by.kind };
			await socket.join([userRoom(user.id), sessionRoom(id)]);
			next();
		} catch (error) {
			if (error instanceof DomainError) return next(new Error(error.reason));
			log.error({ err: error }, 'a socket could not connect');
			next(new Error('unavailable'));
		}
	});
	const sweeping = setInterval(() => void closeEnded(sockets, db, log), sweepEveryMs);
	return {
		sockets,
		close: async () => {
			clearInterval(sweeping);
			sockets.disconnectSockets(true);
			// Socket.IO's own close takes for granted that it serves somewhere; a worker process only sends.
			if (sockets.httpServer) await sockets.close();
			else await sockets.of('/').adapter.close();
			await pool?.end();
		}
	};
}

/** Serves the sockets on the web server, at /socket.io. */
export function attachSockets(sockets: Sockets, http: HttpServer): void {
	sockets.attach(http, { destroyUpgrade: false, serveClient: false });
}
