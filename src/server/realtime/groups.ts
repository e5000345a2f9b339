/** Which sockets hear of which groups, and who is looking at them. */
import type { Db } from '../db/client.ts';
import type { Log } from '../log.ts';
import type { Sockets } from './live.ts';
import { joinHere, leaveHere, settleGroups } from './membership.ts';
import { groupRoom } from './rooms.ts';
import { joinSignal, leaveSignal } from './signals.ts';

// Several people come and go at once when a page is opened by many, or a process ends.
const presencePauseMs = 100;
// A person switches between pages; a program that does nothing else is not listened to.
const mostFocusesPerSecond = 10;

/** Looks after the sockets of groups: who comes and goes, and what they say of the page they show. */
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

	sockets.on('connection', (socket) => {
		settleGroups(socket, db, socket.data.userId).catch((error: unknown) =>
			log.warn({ err: error }, 'could not look again which groups a socket hears of')
		);
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
	});
	// Of somebody who is removed while they are looking.
	sockets.of('/').adapter.on('leave-room', (room: string, socketId: string) => {
		const data = sockets.of('/').sockets.get(socketId)?.data;
		if (!data?.focus || room !== groupRoom(data.focus)) return;
		presenceChanged(data.focus);
		data.focus = null;
	});

	// Nobody waits for an answer where no other process was known.
	sockets.on(joinSignal, (userId: string, groupId: string, done?: () => void) => {
		joinHere(sockets, db, userId, groupId)
			.catch((error: unknown) => log.warn({ err: error }, 'could not take a new member in'))
			.finally(() => done?.());
	});
	sockets.on(leaveSignal, (userId: string, groupId: string, done?: () => void) => {
		leaveHere(sockets, userId, groupId);
		done?.();
	});

	return { close: () => pending.forEach((timer) => clearTimeout(timer)) };
}

/** What a client sent, if it is what a client sends. */
function groupIdOf(event: unknown): string | null {
	const { groupId } = (event ?? {}) as { groupId?: unknown };
	return typeof groupId === 'string' && groupId.length <= 60 ? groupId : null;
}
