import { v7 } from 'uuid';
import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { hashToken, newToken } from '../auth/token.ts';
import { inTx, type GroupInvite, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { groupInviteDays } from '../mail/link-lives.ts';
import { codePlace, inviteView, type InviteView } from './invite.ts';

const most = 50;

export const newGroupInvite = z.object({
	/** Made by the client: a repeated call changes nothing. */
	id: id.optional(),
	/** The name without an account that it is for. Left out, whoever has it joins. */
	memberId: id.optional()
});

/**
 * Makes a link into the group, for 14 days. Errors: NOT_FOUND (also a name that is none of this group's), CONFLICT
 * (`group_archived`, `name_claimed`, `id_taken`), INVALID (`too_many_invites`).
 */
export async function createGroupInvite(
	app: App,
	membership: Membership,
	wanted: z.output<typeof newGroupInvite>,
	now = new Date()
): Promise<InviteView> {
	const invite = await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		return (await makeInvite(tx, app, membership, wanted, now)).invite;
	});
	return inviteView(app, invite);
}

/** The same inside the group's lock. `isNew` is false when this id had been made before. */
export async function makeInvite(
	tx: Tx,
	app: Pick<App, 'live' | 'sealer'>,
	membership: Membership,
	{ id = v7(), memberId }: z.output<typeof newGroupInvite>,
	now: Date
): Promise<{ invite: GroupInvite; isNew: boolean }> {
	const { groupId } = membership;
	const earlier = await tx.groupInvite.findUnique({ where: { id } });
	if (earlier) {
		const isMine = earlier.groupId === groupId && earlier.createdById === membership.id;
		if (!isMine) throw new DomainError('CONFLICT', 'id_taken');
		return { invite: earlier, isNew: false };
	}
	const name = memberId === undefined ? undefined : await unclaimedName(tx, groupId, memberId);
	if ((await tx.groupInvite.count({ where: { groupId, expiresAt: { gt: now } } })) >= most) {
		throw new DomainError('INVALID', 'too_many_invites', { params: { most } });
	}
	const code = newToken();
	const invite = await tx.groupInvite.create({
		data: {
			...{ id, groupId, memberId: memberId ?? null, createdById: membership.id, createdAt: now },
			codeHash: hashToken(code),
			code: app.sealer.seal(code, codePlace(id)),
			expiresAt: new Date(now.getTime() + groupInviteDays * 86_400_000)
		}
	});
	const summary = name === undefined ? {} : { name };
	await recordChange(tx, app, membership, { kind: 'invite_created', subjectId: id, summary });
	return { invite, isNew: true };
}

async function unclaimedName(tx: Tx, groupId: string, memberId: string): Promise<string> {
	const guest = await tx.member.findFirst({ where: { id: memberId, groupId, removedAt: null } });
	if (!guest) throw notFound();
	if (guest.userId !== null)
		throw new DomainError('CONFLICT', 'name_claimed', { params: { name: guest.name } });
	return guest.name;
}
