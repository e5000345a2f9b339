import { v7 } from 'uuid';
import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { Caller } from '../auth/caller.ts';
import type { SessionUser } from '../auth/identify.ts';
import { afterCommit, inTx, type Member, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordChange, waitForGroup } from '../groups/change.ts';
import { requireRoom } from '../members/room.ts';
import { openInvite, tryCode } from './find.ts';
import { inviteCode } from './peek.ts';

export const acceptance = inviteCode.extend({
	/** The name without an account that is the person's own. Left out, they join under a name of their own. */
	memberId: id.optional()
});

type Joiner = Pick<SessionUser, 'id' | 'name'>;

/**
 * Lets somebody into the group that a code is for: as a new member, or as the name without an account that they say is theirs,
 * with all of its history. Whoever has been in it before comes back with theirs; doing it twice changes nothing.
 * Errors: FORBIDDEN (`invite_invalid`), NOT_FOUND (no such name), CONFLICT (`name_claimed` by somebody else, `already_member`
 * under another name, `group_archived`), INVALID (`group_full`), RATE_LIMITED.
 */
export async function acceptInvite(
	app: App,
	user: Joiner,
	{ code, memberId }: z.output<typeof acceptance>,
	caller: Caller
): Promise<Joined> {
	const { groupId } = await tryCode(app, code, caller);
	return inTx(app.db, async (tx) => {
		const group = await waitForGroup(tx, groupId);
		const invite = await openInvite(tx, code); // it may have been revoked while we waited
		if (invite.memberId !== null && memberId !== undefined && invite.memberId !== memberId) throw notFound();
		const claimed = memberId ?? invite.memberId;
		const own = await tx.member.findFirst({ where: { groupId, userId: user.id } });
		const isOwn = own !== null && (claimed === null || claimed === own.id);
		if (isOwn && own.removedAt === null) return { groupId, memberId: own.id };
		if (!group || group.archived) throw new DomainError('CONFLICT', 'group_archived');
		// Before the event of it, so that the new member's open pages hear that too.
		afterCommit(tx, () => app.live.joinGroup(user.id, groupId));
		if (isOwn) return comeBack(tx, app, own);
		if (claimed === null) return join(tx, app, groupId, user);
		if (own) throw new DomainError('CONFLICT', 'already_member');
		return claim(tx, app, groupId, user, claimed);
	});
}

type Joined = { groupId: string; memberId: string };

async function join(
	tx: Tx,
	app: Pick<App, 'live'>,
	groupId: string,
	{ id: userId, name }: Joiner
): Promise<Joined> {
	await requireRoom(tx, groupId);
	return joined(tx, app, await tx.member.create({ data: { id: v7(), groupId, userId, name } }));
}

async function comeBack(tx: Tx, app: Pick<App, 'live'>, { id, groupId }: Member): Promise<Joined> {
	await requireRoom(tx, groupId);
	const data = { removedAt: null, role: 'member' } as const;
	return joined(tx, app, await tx.member.update({ where: { id }, data }));
}

async function joined(tx: Tx, app: Pick<App, 'live'>, member: Member): Promise<Joined> {
	const { id, groupId, name } = member;
	await recordChange(tx, app, member, { kind: 'member_joined', subjectId: id, summary: { name } });
	return { groupId, memberId: id };
}

async function claim(
	tx: Tx,
	app: Pick<App, 'live'>,
	groupId: string,
	user: Joiner,
	id: string
): Promise<Joined> {
	const guest = await tx.member.findFirst({ where: { id, groupId, removedAt: null } });
	if (!guest) throw notFound();
	const { name, userId } = guest;
	if (userId !== null) throw new DomainError('CONFLICT', 'name_claimed', { params: { name } });
	// The name stays what the group calls them; they can change it.
	await tx.member.update({ where: { id }, data: { userId: user.id, role: 'member' } });
	await recordChange(tx, app, guest, { kind: 'member_claimed', subjectId: id, summary: { name } });
	return { groupId, memberId: id };
}
