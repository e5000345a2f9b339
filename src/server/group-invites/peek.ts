import { z } from 'zod';
import type { App } from '../app.ts';
import type { Caller } from '../auth/caller.ts';
import { inviteInvalid, tryCode } from './find.ts';

export const inviteCode = z.object({ code: z.string().max(100) });

export type InvitePreview = {
	group: { name: string };
	/** Who made the link, by their name in the group. */
	invitedBy: string;
	/** Names without an account that the holder may say are theirs. */
	claimable: { memberId: string; name: string }[];
	/** The link is for one of these names only. */
	forOne: boolean;
};

/** What somebody who holds a link is told before they join. Errors: FORBIDDEN (`invite_invalid`), RATE_LIMITED. */
export async function peekInvite(
	app: Pick<App, 'db' | 'limits'>,
	{ code }: z.output<typeof inviteCode>,
	caller: Caller
): Promise<InvitePreview> {
	const { groupId, memberId, createdById } = await tryCode(app, code, caller);
	const [group, members] = await Promise.all([
		app.db.group.findUnique({ where: { id: groupId }, select: { name: true } }),
		app.db.member.findMany({ where: { groupId }, orderBy: { id: 'asc' } })
	]);
	if (!group) throw inviteInvalid(); // deleted since
	const unclaimed = members.filter(({ userId, removedAt }) => userId === null && removedAt === null);
	return {
		group: { name: group.name },
		invitedBy: members.find(({ id }) => id === createdById)?.name ?? '',
		claimable: unclaimed
			.filter(({ id }) => memberId === null || id === memberId)
			.map(({ id, name }) => ({ memberId: id, name })),
		forOne: memberId !== null
	};
}
