import { v7 } from 'uuid';
import { z } from 'zod';
import { email, id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Tx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { makeInvite } from '../group-invites/create.ts';
import { inviteView, joinUrl, type InviteView } from '../group-invites/invite.ts';
import { sendMail } from '../mail/send.ts';
import { requireFreeName } from './names.ts';
import { requireRoom } from './room.ts';

/** Made by the client: a repeated call changes nothing. */
const itsId = { id: id.optional() };

export const newMember = z.union([z.object({ ...itsId, name: line(80, 1) }), z.object({ ...itsId, email })]);

export type AddedMember =
	/** A name without an account. */
	| { status: 'added'; memberId: string; name: string }
	/** A link was mailed; whether the address has an account is not told. */
	| { status: 'invited'; invite: InviteView };

/**
 * Adds a name that has no account yet, or mails a link into the group to an address. Errors: NOT_FOUND, CONFLICT
 * (`group_archived`, `id_taken`, `name_taken`), INVALID (`group_full`, `too_many_invites`), RATE_LIMITED.
 */
export function addMember(
	app: App,
	user: Pick<SessionUser, 'id' | 'locale'>,
	membership: Membership,
	wanted: z.output<typeof newMember>
): Promise<AddedMember> {
	return 'email' in wanted ? mailInvite(app, user, membership, wanted) : addName(app, membership, wanted);
}

async function addName(
	app: App,
	membership: Membership,
	{ id = v7(), name }: { id?: string | undefined; name: string }
): Promise<AddedMember> {
	const { groupId } = membership;
	const made = inTx<AddedMember>(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const earlier = await tx.member.findUnique({ where: { id } });
		if (earlier && !(await isAddedBy(tx, membership, id))) throw idTaken();
		if (earlier) return { status: 'added', memberId: id, name: earlier.name };
		await requireRoom(tx, groupId);
		await requireFreeName(tx, groupId, name);
		await tx.member.create({ data: { id, groupId, name, role: 'guest' } });
		await recordChange(tx, app, membership, { kind: 'member_added', subjectId: id, summary: { name } });
		return { status: 'added', memberId: id, name };
	});
	return made.catch((error: unknown) => {
		// Two groups at once: their locks do not keep them apart.
		if (isDuplicateKey(error, 'Member')) throw idTaken();
		throw error;
	});
}

const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');

/** Whether a member came of this very call, sent before, by the group's log; else they are somebody else, or another's. */
const isAddedBy = async (tx: Tx, { id: actorId, groupId }: Membership, subjectId: string): Promise<boolean> =>
	(await tx.activity.count({ where: { groupId, actorId, subjectId, kind: 'member_added' } })) > 0;

async function mailInvite(
	app: App,
	user: Pick<SessionUser, 'id' | 'locale'>,
	membership: Membership,
	{ id, email: to }: { id?: string | undefined; email: string },
	now = new Date()
): Promise<AddedMember> {
	await app.limits.take('mailLink', to);
	await app.limits.take('mailLinkAddress', user.id);
	const invite = await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const { invite, isNew } = await makeInvite(tx, app, membership, { id }, now);
		if (!isNew) return inviteView(app, invite);
		const view = inviteView(app, invite);
		const known = await tx.user.findUnique({ where: { email: to }, select: { locale: true } });
		const { name: group } = await tx.group.findUniqueOrThrow({ where: { id: membership.groupId } });
		const link = joinUrl(app, view.code);
		const params = { link, group, from: membership.name };
		await sendMail(tx, app, { to, locale: known?.locale ?? user.locale, kind: 'group_invite', params }, now);
		return view;
	});
	return { status: 'invited', invite };
}
