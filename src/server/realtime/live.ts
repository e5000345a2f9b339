import type { ServerEventName, ServerEventPayload, ServerEvents } from '#lib/realtime/events.ts';
import type { Server } from 'socket.io';
import type { ClientEvents } from '#lib/realtime/events.ts';

/** What is known of a socket: whose it is, by which session or API token, and when that stops being checked. */
export type SocketData = { id: string; kind: 'session' | 'token' };
export type Sockets = Server<ClientEvents, ServerEvents, Record<never, never>, SocketData>;

/** Sends live events. Only ever called after the change they tell of is committed. */
export type Live = {
	toUser<E extends ServerEventName>(userId: string, event: E, payload: ServerEventPayload<E>): void;
	/** Tells the sockets of a session, or of an API token, that it is over and closes them, on every process. */
	endSession(id: string): void;
	/** Closes them without a word: they come back with what they hold now. */
	closeSockets(id: string): void;
	/** Closes all sockets of these people. Those who may come back do. */
	closeUsers(userIds: readonly string[]): void;
	/** For tests and for leaving: the Socket.IO server behind. */
	sockets: Sockets;
};

export const userRoom = (userId: string): string => `user:${userId}`;
/** Of a session or an API token. */
export const sessionRoom = (id: string): string => `session:${id}`;

export function makeLive(sockets: Sockets): Live {
	return {
		sockets,
		toUser(userId, event, payload) {
			// Socket.IO's emit is typed by overloads per event, which a generic event name cannot pick from.
			const room = sockets.to(userRoom(userId)) as unknown as {
				emit(event: ServerEventName, payload: unknown): void;
			};
			room.emit(event, payload);
		},
		endSession(id) {
			sockets.to(sessionRoom(id)).emit('session:revoked', { sessionId: id });
			this.closeSockets(id);
		},
		closeSockets(id) {
			sockets.in(sessionRoom(id)).disconnectSockets(true);
		},
		closeUsers(userIds) {
			// In no room at all would be in all of them.
			if (userIds.length > 0) sockets.in(userIds.map(userRoom)).disconnectSockets(true);
		}
	};
}
