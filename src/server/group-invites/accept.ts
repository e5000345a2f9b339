import { v7 } from 'uuid';
import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { Caller } from '../auth/caller.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Member, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { waitForGroup, writeChange } from '../groups/change.ts';
import { nameOfJoiner } from '../members/names.ts';
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
 * with all of its history. Whoever has been in it before comes back with theirs; doing it twice changes nothing. Where somebody
 * in the group is called like that already, they are let in with a number behind their name ("Ana 2").
 * Somebody who has only just joined under a name of their own, with no history yet, takes over another one instead of it.
 * Errors: FORBIDDEN (`invite_invalid`), NOT_FOUND (no such name), CONFLICT (`name_claimed` by somebody else, `already_member`
 * under another name, with a history, `group_archived`), INVALID (`group_full`), RATE_LIMITED.
 */
export async function acceptInvite(
	app: App,
	user: Joiner,
	{ code, memberId }: z.output<typeof acceptance>,
	caller: Caller
): Promise<{ groupId: string; memberId: string }> {
	const { groupId } = await tryCode(app, code, caller);
	const { member, event } = await inTx(app.db, async (tx) => {
		const group = await waitForGroup(tx, groupId);
		const invite = await openInvite(tx, code); // it may have been revoked while we waited
		if (invite.memberId !== null && memberId !== undefined && invite.memberId !== memberId) throw notFound();
		const claimed = memberId ?? invite.memberId;
		const own = await tx.member.findFirst({ where: { groupId, userId: user.id } });
		const isOwn = own !== null && (claimed === null || claimed === own.id);
		if (isOwn && own.removedAt === null) return { member: own, event: null };
		if (!group || group.archived) throw new DomainError('CONFLICT', 'group_archived');
		if (isOwn) return comeBack(tx, own);
		if (claimed === null) return join(tx, groupId, user);
		return claim(tx, groupId, user, { id: claimed, instead: own });
	});
	if (event) {
		await app.live.joinGroup(user.id, groupId); // first, so that the new member's pages hear of it too
		app.live.toGroup(groupId, 'group:changed', event);
	}
	return { groupId, memberId: member.id };
}

type Joined = { member: Member; event: Awaited<ReturnType<typeof writeChange>> };

async function join(tx: Tx, groupId: string, { id: userId, name: own }: Joiner): Promise<Joined> {
	await requireRoom(tx, groupId);
	const name = await nameOfJoiner(tx, groupId, own);
	return joined(tx, await tx.member.create({ data: { id: v7(), groupId, userId, name } }));
}

async function comeBack(tx: Tx, { id, groupId, name: former }: Member): Promise<Joined> {
	await requireRoom(tx, groupId);
	const name = await nameOfJoiner(tx, groupId, former);
	const data = { removedAt: null, role: 'member', name } as const;
	return joined(tx, await tx.member.update({ where: { id }, data }));
}

async function joined(tx: Tx, member: Member): Promise<Joined> {
	const { id, name } = member;
	return {
		member,
		event: await writeChange(tx, member, { kind: 'member_joined', subjectId: id, summary: { name } })
	};
}

/**
 * Takes away the member that somebody has come in as, for the name that is theirs. What they did in the log until now was done
 * by that one. Error: CONFLICT (`already_member`) when there is more of them than that, or when they own the group.
 */
async function giveUp(tx: Tx, { id, groupId, role, removedAt }: Member, claimed: string): Promise<void> {
	const of = { where: { groupId, createdById: id } };
	const history = await Promise.all([
		tx.expensePart.count({ where: { memberId: id } }),
		tx.settlement.count({ where: { OR: [{ fromId: id }, { toId: id }] } }),
		tx.comment.count({ where: { memberId: id } }),
		tx.expense.count(of),
		tx.settlement.count(of),
		tx.expenseSchedule.count(of)
	]);
	if (removedAt !== null || role === 'owner' || history.some((count) => count > 0)) {
		throw new DomainError('CONFLICT', 'already_member');
	}
	await tx.activity.updateMany({ where: { groupId, actorId: id }, data: { actorId: claimed } });
	await tx.activity.updateMany({ where: { groupId, subjectId: id }, data: { subjectId: claimed } });
	await tx.groupInvite.updateMany({ ...of, data: { createdById: claimed } });
	await tx.member.delete({ where: { id } });
}

async function claim(
	tx: Tx,
	groupId: string,
	user: Joiner,
	{ id, instead }: { id: string; instead: Member | null }
): Promise<Joined> {
	const guest = await tx.member.findFirst({ where: { id, groupId, removedAt: null } });
	if (!guest) throw notFound();
	const { name, userId } = guest;
	if (userId !== null) throw new DomainError('CONFLICT', 'name_claimed', { params: { name } });
	if (instead) await giveUp(tx, instead, id);
	// The name stays what the group calls them; they can change it.
	const member = await tx.member.update({ where: { id }, data: { userId: user.id, role: 'member' } });
	return {
		member,
		event: await writeChange(tx, member, { kind: 'member_claimed', subjectId: id, summary: { name } })
	};
}
