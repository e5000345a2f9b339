/** What every change of a group begins and ends with. */
import { v7 } from 'uuid';
import type { ActivityChanges, ActivityKind, ActivitySummary } from '#lib/groups/activity.ts';
import type { ServerEventPayload } from '#lib/realtime/events.ts';
import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { afterCommit, DbNull, type Prisma, type Tx } from '../db/client.ts';
import { createDeliveries } from '../deliveries/create.ts';
import { DomainError, notFound } from '../errors.ts';
import { requireExactBalances } from './balances.ts';
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
	const group = await waitForGroup(tx, groupId);
	const isMember = await tx.member.count({ where: { id: memberId, groupId, removedAt: null } });
	if (!group || isMember === 0) throw notFound();
	if (group.archived && !archived) throw new DomainError('CONFLICT', 'group_archived');
}

/** The lock alone, for whoever comes in with a code and is no member yet. Null when there is no such group. */
export async function waitForGroup(tx: Tx, groupId: string): Promise<{ archived: boolean } | null> {
	const [group] = await tx.$queryRaw<{ archivedAt: unknown }[]>`
		UPDATE "Group" SET "revision" = "revision" WHERE "id" = ${groupId} RETURNING "archivedAt"`;
	return group ? { archived: group.archivedAt !== null } : null;
}

export type Change = {
	kind: ActivityKind;
	subjectId?: string | null;
	summary?: ActivitySummary;
	changes?: ActivityChanges;
};

type Event = ServerEventPayload<'group:changed'>;
type Actor = Pick<Membership, 'id' | 'groupId'>;

/** These move balances and, where bank transactions are tied to them, what is anybody's own spending. */
const aboutMoney = /^(?:expense_(?!commented)|settlement_|share_)/;

/**
 * The last thing in it: the group's next revision, a line in its log, and after the commit an event to every member.
 * Returns the revision. Error: INVALID (`balance_too_large`) for what would make a balance that no number holds.
 */
export async function recordChange(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	actor: Actor,
	change: Change
): Promise<number> {
	const event = await writeChange(tx, actor, change);
	afterCommit(tx, () => live.toGroup(event.groupId, 'group:changed', event));
	return event.revision;
}

/** The same without the event, for whoever has to do something between the commit and that. Returns the event to send. */
export async function writeChange(
	tx: Tx,
	{ id: actorId, groupId }: Actor,
	{ kind, subjectId = null, summary = {}, changes }: Change
): Promise<Event> {
	if (aboutMoney.test(kind)) await requireExactBalances(tx, groupId);
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
			subjectId,
			summary,
			changes: (changes as Prisma.InputJsonObject | undefined) ?? DbNull
		}
	});
	const event = { groupId, revision, kind, actorId, subjectId };
	await tellWebhooks(tx, event);
	if (aboutMoney.test(kind)) await spendingMoved(tx, { groupId });
	return event;
}

/** Promises to tell the members who have webhooks for it. Most changes find none, with one look into indexes. */
async function tellWebhooks(tx: Tx, event: Event): Promise<void> {
	const { groupId, revision } = event;
	const readers = await tx.$queryRaw<{ userId: string }[]>`
		SELECT DISTINCT "m"."userId" FROM "Member" "m" JOIN "WebhookEndpoint" "w" ON "w"."userId" = "m"."userId"
		WHERE "m"."groupId" = ${groupId} AND "m"."removedAt" IS NULL AND "w"."disabledAt" IS NULL
			AND CAST("w"."events" AS TEXT) LIKE '%"group.changed"%'`;
	const source = `group:${groupId}:${revision}`;
	for (const { userId } of readers) {
		await createDeliveries(tx, { userId, source, event: 'group.changed', payload: event });
	}
}
