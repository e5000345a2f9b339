/** What every change of a group begins and ends with. */
import { v7 } from 'uuid';
import type { ActivityChanges, ActivityKind, ActivitySummary } from '#lib/groups/activity.ts';
import type { App } from '../app.ts';
import { afterCommit, DbNull, type Prisma, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import type { Membership } from './membership.ts';

/**
 * The first thing in a transaction that changes a group: waits for whoever else is changing it, and checks that the member is
 * still one. Errors: NOT_FOUND, CONFLICT (`group_archived`) unless `archived` may be changed too.
 */
export async function lockGroup(
	tx: Tx,
	{ id: memberId, groupId }: Membership,
	{ archived = false } = {}
): Promise<void> {
	const [group] = await tx.$queryRaw<{ archivedAt: unknown }[]>`
		UPDATE "Group" SET "revision" = "revision" WHERE "id" = ${groupId} RETURNING "archivedAt"`;
	const isMember = await tx.member.count({ where: { id: memberId, groupId, removedAt: null } });
	if (!group || isMember === 0) throw notFound();
	if (group.archivedAt !== null && !archived) throw new DomainError('CONFLICT', 'group_archived');
}

export type Change = {
	kind: ActivityKind;
	subjectId?: string;
	summary?: ActivitySummary;
	changes?: ActivityChanges;
};

/**
 * The last thing in it: the group's next revision, a line in its log, and after the commit an event to every member.
 * Returns the revision.
 */
export async function recordChange(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	{ id: actorId, groupId }: Pick<Membership, 'id' | 'groupId'>,
	{ kind, subjectId, summary = {}, changes }: Change
): Promise<number> {
	const { revision } = await tx.group.update({
		where: { id: groupId },
		data: { revision: { increment: 1 } },
		select: { revision: true }
	});
	await tx.activity.create({
		data: {
			id: v7(),
			groupId,
			revision,
			actorId,
			kind,
			subjectId: subjectId ?? null,
			summary,
			changes: (changes as Prisma.InputJsonObject | undefined) ?? DbNull
		}
	});
	afterCommit(tx, () =>
		live.toGroup(groupId, 'group:changed', {
			groupId,
			revision,
			kind,
			actorId,
			subjectId: subjectId ?? null
		})
	);
	return revision;
}
