import type { Db } from '../db/client.ts';

export type InviteView = {
	id: string;
	note: string;
	createdAt: string;
	expiresAt: string;
	/** Who made an account with it. */
	usedBy: { id: string; name: string; email: string } | null;
};

/** Invitations that have not run out, newest first, for the admin. */
export async function listInvites(db: Db, now = new Date()): Promise<InviteView[]> {
	const invites = await db.invite.findMany({ where: { expiresAt: { gt: now } }, orderBy: { id: 'desc' } });
	const userIds = invites.flatMap(({ usedById }) => usedById ?? []);
	const users = await db.user.findMany({
		where: { id: { in: userIds } },
		select: { id: true, name: true, email: true }
	});
	return invites.map(({ id, note, createdAt, expiresAt, usedById }) => ({
		id,
		note,
		createdAt: createdAt.toISOString(),
		expiresAt: expiresAt.toISOString(),
		usedBy: users.find((user) => user.id === usedById) ?? null
	}));
}
