/** The Socket.IO server: who may connect, which rooms they are in, and how several processes share it. */
import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdapter } from '@socket.io/postgres-adapter';
import { Server, type Socket } from 'socket.io';
import { cookieToken } from '../auth/cookie.ts';
import { admit, isAdmitted } from '../auth/access.ts';
import { identify, type Identity } from '../auth/identify.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import { DomainError } from '../errors.ts';
import { problemBody } from '../http.ts';
import { isOwnPage } from '../origin.ts';
import type { Sockets } from './live.ts';
import { closeEnded } from './close-ended.ts';
import { attendGroups } from './groups.ts';
import { joinOwnGroups } from './membership.ts';
import { adminsRoom, sessionRoom, userRoom } from './rooms.ts';
import { socketPool } from './socket-pool.ts';

const maxSocketsPerUser = 10;
const sweepEveryMs = 60_000;

/** Live events tell what reading would. */
const access = { scopes: ['read'] } as const;
const adminAccess = { scopes: ['admin'], admin: true } as const;

/**
 * Makes the server. Without `http` it only sends (a worker process). On Postgres every process shares events through it.
 * The returned `close` ends sockets and the adapter's connections.
 */
export function makeSockets(config: Config, db: Db, log: Log): { sockets: Sockets; close(): Promise<void> } {
	const pool = config.databaseUrl
		? socketPool(config.databaseUrl, {
				onError: (error) => log.warn({ err: error }, 'live events: connection to Postgres lost'),
				// Somebody may have joined or left a group, and something have changed. Who comes back is looked at and loads anew.
				onGap: () => sockets.local.disconnectSockets(true)
			})
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
	const whose = async ({ handshake }: Socket): Promise<Identity | null> => {
		const given: unknown = handshake.auth['token'];
		const token = typeof given === 'string' ? given : cookieToken(config, handshake.headers.cookie ?? '');
		return token ? identify(db, token) : null;
	};
	let closing = false;
	sockets.use(async (socket, next) => {
		let locale = 'en';
		// Whoever comes back while this process ends finds another one: here the database is about to be gone.
		if (closing) return next(refusal(new DomainError('UNAVAILABLE'), locale));
		try {
			const identity = await whose(socket);
			locale = identity?.user.locale ?? locale;
			const { user, by } = admit(identity, access);
			if ((await openOf(sockets, user.id)) >= maxSocketsPerUser) throw tooManySockets();
			const id = by.kind === 'session' ? by.session.id : by.id;
			socket.data = { id, kind: by.kind, userId: user.id, focus: null };
			await socket.join([userRoom(user.id), sessionRoom(id)]);
			if (isAdmitted(identity, adminAccess)) await socket.join(adminsRoom);
			await joinOwnGroups(socket, db, user.id);
			next();
		} catch (error) {
			if (error instanceof DomainError) return next(refusal(error, locale));
			// On its way when we close: the database is gone by now, and the client comes back to whoever is here next.
			if (!closing) log.error({ err: error }, 'a socket could not connect');
			next(refusal(new DomainError('UNAVAILABLE'), locale));
		}
	});
	// What ends a session closes the sockets that are open by then. One that was let in just before, and opens just after, is
	// found here: it is among the open ones now, so from now on nothing misses it.
	sockets.on('connection', async (socket) => {
		try {
			if (isAdmitted(await whose(socket), access)) return;
			socket.emit('session:revoked', { sessionId: socket.data.id });
		} catch (error) {
			// Nobody can tell now: it may try again, without hearing that its session is over.
			if (!closing) log.warn({ err: error }, 'could not look again who a socket is');
		}
		socket.disconnect(true);
	});
	const groups = attendGroups(sockets, db, log);
	const sweeping = setInterval(() => void closeEnded(sockets, db, log), sweepEveryMs);
	return {
		sockets,
		close: async () => {
			closing = true;
			clearInterval(sweeping);
			groups.close();
			sockets.local.disconnectSockets(true); // those of other processes go on
			await saidGoodbye(sockets);
			// Socket.IO's own close takes for granted that it serves somewhere; a worker process only sends.
			if (sockets.httpServer) await sockets.close();
			else await sockets.of('/').adapter.close();
			await pool?.end();
		}
	};
}

// Closing drops what has not been sent yet, and a client that was not told goodbye takes it for trouble with the network.
const goodbyeMs = 500;
const lookMs = 5;

async function saidGoodbye(sockets: Sockets): Promise<void> {
	const until = Date.now() + goodbyeMs;
	while (sockets.engine?.clientsCount > 0 && Date.now() < until) await delay(lookMs);
}

const tooManySockets = (): DomainError =>
	new DomainError('RATE_LIMITED', 'too_many_sockets', { params: { most: maxSocketsPerUser } });

/** What the client hears (`connect_error`): the reason, and as `data` all that an HTTP answer would say. */
const refusal = (error: DomainError, locale: string): Error =>
	Object.assign(new Error(error.reason), { data: problemBody(error, locale) });

/** Serves the sockets on the web server, at /socket.io. */
export function attachSockets(sockets: Sockets, http: HttpServer): void {
	sockets.attach(http, { destroyUpgrade: false, serveClient: false });
}

/** How many sockets a person has; those here alone while another process does not answer: nobody is kept out for that. */
async function openOf(sockets: Sockets, userId: string): Promise<number> {
	const room = userRoom(userId);
	const open = await sockets
		.in(room)
		.fetchSockets()
		.catch(() => sockets.local.in(room).fetchSockets());
	return open.length;
}
