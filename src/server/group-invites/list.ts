import type { App } from '../app.ts';
import type { Membership } from '../groups/membership.ts';
import { inviteView, type InviteView } from './invite.ts';

/** The links into a group that let somebody in now, newest first, with their codes: every member may pass them on. */
export async function listGroupInvites(
	app: Pick<App, 'db' | 'config' | 'sealer'>,
	{ groupId }: Membership,
	now = new Date()
): Promise<InviteView[]> {
	const invites = await app.db.groupInvite.findMany({
		where: { groupId, expiresAt: { gt: now } },
		orderBy: { id: 'desc' }
	});
	const memberIds = invites.flatMap(({ memberId }) => memberId ?? []);
	const claimed = await app.db.member.findMany({
		where: { id: { in: memberIds }, userId: { not: null } },
		select: { id: true }
	});
	// One whose name is taken stays, so that whoever took it can open it again; it lets nobody else in.
	return invites
		.filter(({ memberId }) => !claimed.some(({ id }) => id === memberId))
		.map((invite) => inviteView(app, invite));
}
