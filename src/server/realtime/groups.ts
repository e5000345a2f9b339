/** Which sockets hear of which groups, and who is looking at them. */
import type { Socket } from 'socket.io';
import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import { leaveSignal } from './leave-signal.ts';
import { groupRoom, userRoom, type Sockets } from './live.ts';

// Several people come and go at once when a page is opened by many, or a process ends.
const presencePauseMs = 100;
// A person switches between pages; a program that does nothing else is not listened to.
const mostFocusesPerSecond = 10;

const groupsOf = async (db: Db, userId: string): Promise<string[]> => {
	const members = await db.member.findMany({
		where: { userId, removedAt: null },
		select: { groupId: true }
	});
	return members.map(({ groupId }) => groupId);
};

/** Lets a socket hear of its person's groups; before it is told that it is connected, so that nothing is missed. */
export async function joinGroups(socket: Socket, db: Db, userId: string): Promise<void> {
	await socket.join((await groupsOf(db, userId)).map(groupRoom));
}

/**
 * Looks after the sockets of groups. A socket that was joining while its person was removed is put right here: it is among the
 * open ones by now, and whoever removes somebody finds those.
 */
export function attendGroups(sockets: Sockets, db: Db, log: Log): { close(): void } {
	const pending = new Map<string, NodeJS.Timeout>();

	const tellPresence = async (groupId: string): Promise<void> => {
		pending.delete(groupId);
		try {
			const inRoom = await sockets.in(groupRoom(groupId)).fetchSockets();
			const userIds = inRoom.filter(({ data }) => data.focus === groupId).map(({ data }) => data.userId);
			const members = await db.member.findMany({
				where: { groupId, userId: { in: [...new Set(userIds)] }, removedAt: null },
				select: { id: true },
				orderBy: { id: 'asc' }
			});
			const memberIds = members.map(({ id }) => id);
			sockets.to(groupRoom(groupId)).emit('group:presence', { groupId, memberIds });
		} catch (error) {
			log.warn({ err: error }, 'could not tell who is looking at a group');
		}
	};
	const presenceChanged = (groupId: string | null): void => {
		if (groupId === null || pending.has(groupId)) return;
		pending.set(
			groupId,
			setTimeout(() => void tellPresence(groupId), presencePauseMs)
		);
	};

	sockets.on('connection', async (socket) => {
		let focuses = 0;
		let second = 0;
		socket.on('group:focus', (event: unknown) => {
			const now = Math.floor(Date.now() / 1000);
			if (now !== second) [second, focuses] = [now, 0];
			if (++focuses > mostFocusesPerSecond) return;
			const asked = groupIdOf(event);
			const focus = asked !== null && socket.rooms.has(groupRoom(asked)) ? asked : null;
			const before = socket.data.focus;
			socket.data.focus = focus;
			if (before !== focus) presenceChanged(before);
			presenceChanged(focus);
		});
		socket.on('disconnect', () => presenceChanged(socket.data.focus));
		const still = await groupsOf(db, socket.data.userId).catch(() => null);
		if (still === null) return;
		const rooms = new Set(still.map(groupRoom));
		for (const room of socket.rooms) {
			if (room.startsWith(groupRoom('')) && !rooms.has(room)) await socket.leave(room);
		}
	});

	sockets.on(leaveSignal, (userId: string, groupId: string, done: () => void) => {
		sockets.local.in(userRoom(userId)).socketsLeave(groupRoom(groupId));
		done();
	});

	return { close: () => pending.forEach((timer) => clearTimeout(timer)) };
}

/** What a client sent, if it is what a client sends. */
function groupIdOf(event: unknown): string | null {
	const { groupId } = (event ?? {}) as { groupId?: unknown };
	return typeof groupId === 'string' && groupId.length <= 60 ? groupId : null;
}
