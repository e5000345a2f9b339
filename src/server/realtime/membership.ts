/**
 * Which groups the sockets of this process hear of. Joining reads the database and then joins; somebody removed in between
 * must not slip back in. So whoever is joining is noted for as long as that takes, and leaving tells them.
 */
import type { Socket } from 'socket.io';
import type { Db } from '../db/client.ts';
import type { Sockets } from './live.ts';
import { groupRoom, userRoom } from './rooms.ts';

type Joining = { userId: string; left: Set<string> };

const joining = new Set<Joining>();
const connecting = new WeakMap<Socket, Joining>();

function begin(userId: string): Joining {
	const entry = { userId, left: new Set<string>() };
	joining.add(entry);
	return entry;
}

async function groupsOf(db: Db, userId: string): Promise<string[]> {
	const members = await db.member.findMany({
		where: { userId, removedAt: null },
		select: { groupId: true }
	});
	return members.map(({ groupId }) => groupId);
}

/** Lets a socket hear of its person's groups; before it is told that it is connected, so that nothing is missed. */
export async function joinOwnGroups(socket: Socket, db: Db, userId: string): Promise<void> {
	const entry = begin(userId);
	connecting.set(socket, entry);
	socket.conn.once('close', () => joining.delete(entry)); // also when it never gets as far as `settleGroups`
	const groups = await groupsOf(db, userId);
	await socket.join(groups.filter((id) => !entry.left.has(id)).map(groupRoom));
	if (socket.conn.readyState === 'closed') joining.delete(entry);
}

/**
 * The first thing when it is connected: from now on it is among the open sockets, which is where joining and leaving look. What
 * they did while it was on its way is made up for; leaving at once, before anything can be sent to it.
 */
export async function settleGroups(socket: Socket, db: Db, userId: string): Promise<void> {
	const entry = connecting.get(socket) ?? begin(userId);
	for (const id of entry.left) void socket.leave(groupRoom(id));
	try {
		const groups = new Set((await groupsOf(db, userId)).filter((id) => !entry.left.has(id)).map(groupRoom));
		if (!socket.connected) return;
		for (const room of socket.rooms) {
			if (room.startsWith(groupRoom('')) && !groups.has(room)) await socket.leave(room);
		}
		await socket.join([...groups]);
	} finally {
		joining.delete(entry);
	}
}

/** Takes the open sockets of a new member into their group, unless they are none any more. */
export async function joinHere(sockets: Sockets, db: Db, userId: string, groupId: string): Promise<void> {
	const entry = begin(userId);
	try {
		const isMember = await db.member.count({ where: { userId, groupId, removedAt: null } });
		if (isMember > 0 && !entry.left.has(groupId)) {
			sockets.local.in(userRoom(userId)).socketsJoin(groupRoom(groupId));
		}
	} finally {
		joining.delete(entry);
	}
}

/** Takes the sockets of a former member out of a group, those on their way included; done when it returns. */
export function leaveHere(sockets: Sockets, userId: string, groupId: string): void {
	for (const entry of joining) if (entry.userId === userId) entry.left.add(groupId);
	sockets.local.in(userRoom(userId)).socketsLeave(groupRoom(groupId));
}
