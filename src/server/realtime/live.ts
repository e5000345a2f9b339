import { setTimeout as delay } from 'node:timers/promises';
import type { ServerEventName, ServerEventPayload, ServerEvents } from '#lib/realtime/events.ts';
import type { Server } from 'socket.io';
import type { ClientEvents } from '#lib/realtime/events.ts';
import type { Db } from '../db/client.ts';
import { joinHere, leaveHere } from './membership.ts';
import { adminsRoom, groupRoom, sessionRoom, userRoom } from './rooms.ts';
import { joinSignal, leaveSignal } from './signals.ts';

/** What is known of a socket: whose it is, by which session or API token, and when that stops being checked. */
export type SocketData = {
	id: string;
	kind: 'session' | 'token';
	userId: string;
	/** The group whose page it shows. */
	focus: string | null;
};
/** What processes ask of each other. */
type MembershipSignal = (userId: string, groupId: string, done: () => void) => void;
type ServerSideEvents = { [joinSignal]: MembershipSignal; [leaveSignal]: MembershipSignal };
export type Sockets = Server<ClientEvents, ServerEvents, ServerSideEvents, SocketData>;

/** Sends live events. Only ever called after the change they tell of is committed. */
export type Live = {
	toUser<E extends ServerEventName>(userId: string, event: E, payload: ServerEventPayload<E>): void;
	/** To the sockets of one session: what is nothing to the same person elsewhere. */
	toSession<E extends ServerEventName>(sessionId: string, event: E, payload: ServerEventPayload<E>): void;
	/** To the sockets of those who may administer, who hear of the instance. */
	toAdmins<E extends ServerEventName>(event: E, payload: ServerEventPayload<E>): void;
	toGroup<E extends ServerEventName>(groupId: string, event: E, payload: ServerEventPayload<E>): void;
	/** Lets a new member's sockets hear of their group, on every process, before it resolves. */
	joinGroup(userId: string, groupId: string): Promise<void>;
	/** Takes a former member's sockets out of the group, on every process, before it resolves; then tells them. */
	leaveGroup(userId: string, groupId: string, why?: { deleted: boolean }): Promise<void>;
	/** Tells the sockets of a session, or of an API token, that it is over and closes them, on every process. */
	endSession(id: string): void;
	/** Closes them without a word: they come back with what they hold now. */
	closeSockets(id: string): void;
	/** Closes all sockets of these people. Those who may come back do. */
	closeUsers(userIds: readonly string[]): void;
	/** For tests and for leaving: the Socket.IO server behind. */
	sockets: Sockets;
};

// How long another process has to take somebody's sockets into a group or out of it.
const ackMs = 1000;

/** `several`: other processes share the sockets. */
export function makeLive(sockets: Sockets, db: Db, several: boolean): Live {
	const send = (room: string, event: ServerEventName, payload: unknown): void => {
		// Socket.IO's emit is typed by overloads per event, which a generic event name cannot pick from.
		const to = sockets.to(room) as unknown as { emit(event: ServerEventName, payload: unknown): void };
		to.emit(event, payload);
	};
	// A process that has just died does not answer; its sockets are gone with it.
	const elsewhere = async (
		signal: keyof ServerSideEvents,
		userId: string,
		groupId: string
	): Promise<void> => {
		if (!several) return;
		// To be answered it is only sent where others are known to live. One that was frozen, or comes up, is to hear it as well.
		const { adapter } = sockets.of('/');
		if ((await adapter.serverCount()) === 1) adapter.serverSideEmit([signal, userId, groupId]);
		const answers = sockets.serverSideEmitWithAck(signal, userId, groupId).catch(() => undefined);
		await Promise.race([answers, delay(ackMs)]);
	};
	return {
		sockets,
		toUser: (userId, event, payload) => send(userRoom(userId), event, payload),
		toSession: (sessionId, event, payload) => send(sessionRoom(sessionId), event, payload),
		toAdmins: (event, payload) => send(adminsRoom, event, payload),
		toGroup: (groupId, event, payload) => send(groupRoom(groupId), event, payload),
		async joinGroup(userId, groupId) {
			await Promise.all([joinHere(sockets, db, userId, groupId), elsewhere(joinSignal, userId, groupId)]);
		},
		async leaveGroup(userId, groupId, { deleted } = { deleted: false }) {
			leaveHere(sockets, userId, groupId);
			await elsewhere(leaveSignal, userId, groupId);
			send(userRoom(userId), 'group:left', { groupId, deleted });
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
