import type { ServerEventName, ServerEventPayload, ServerEvents } from '#lib/realtime/events.ts';
import type { Server } from 'socket.io';
import type { ClientEvents } from '#lib/realtime/events.ts';

export type Sockets = Server<ClientEvents, ServerEvents>;

/** Sends live events. Only ever called after the change they tell of is committed. */
export type Live = {
	toUser<E extends ServerEventName>(userId: string, event: E, payload: ServerEventPayload<E>): void;
	/** Tells the session's sockets that it is over and closes them, on every process. */
	endSession(sessionId: string): void;
	/** For tests and for leaving: the Socket.IO server behind. */
	sockets: Sockets;
};

export const userRoom = (userId: string): string => `user:${userId}`;
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`;

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
		endSession(sessionId) {
			sockets.to(sessionRoom(sessionId)).emit('session:revoked', { sessionId });
			sockets.in(sessionRoom(sessionId)).disconnectSockets(true);
		}
	};
}
