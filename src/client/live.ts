/** The live connection of a client: a Socket.IO socket that comes back by itself, and whose refusals are errors like all others. */
import { io, type Socket } from 'socket.io-client';
import { errorFrom, QuitsError } from './error.ts';
import type { ClientEvents, Events } from './types.ts';

/** A typed Socket.IO socket. What `connect_error` hands over is a {@link QuitsError}. */
export type LiveSocket = Socket<Events, ClientEvents>;

/** How long to wait before knocking again where the server itself has closed the door: it starts anew. */
const patienceMs = 2000;

/** @internal */
export type Live = { socket: LiveSocket; close(): void };

/** Opens a connection that shows `token` whenever it connects. @internal */
export function openLive(origin: string, token: () => string | undefined): Live {
	let again: ReturnType<typeof setTimeout> | undefined;
	const socket: LiveSocket = io(origin, {
		forceNew: true,
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		auth: (send) => send({ token: token() })
	});
	const knockAgain = (): void => {
		clearTimeout(again);
		again = setTimeout(() => socket.connect(), patienceMs);
	};
	socket.on('disconnect', (reason) => {
		if (reason === 'io server disconnect') knockAgain();
	});
	// Socket.IO hands the same error to everyone who listens, to us first: what it lacks of ours is added to it.
	socket.on('connect_error', (error) => {
		const { message, ...said } = errorFrom((error as { data?: unknown }).data, undefined, error);
		Object.setPrototypeOf(Object.assign(error, said, { message }), QuitsError.prototype);
		// Where it was the network, Socket.IO tries again by itself; a person who may not come in stays out.
		if (!socket.active && said.code === 'UNAVAILABLE') knockAgain();
	});
	return {
		socket,
		close: () => {
			clearTimeout(again);
			socket.disconnect();
		}
	};
}
