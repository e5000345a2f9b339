import { z } from 'zod';
import type { ActivityChanges, ActivityKind, ActivitySummary } from '#lib/groups/activity.ts';
import { id } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import type { Membership } from './membership.ts';

export const activityQuery = z.object({
	/** The revision of the last line seen. */
	cursor: z.number().int().min(1).optional(),
	limit: z.number().int().min(1).max(200).default(50),
	/** Only what was done to this expense, settlement, member … */
	subjectId: id.optional()
});

export type ActivityView = {
	revision: number;
	kind: ActivityKind;
	/** Who did it, by the name they have now. */
	actor: { memberId: string; name: string };
	subjectId: string | null;
	/** What it was about, as it was called then. */
	summary: ActivitySummary;
	changes: ActivityChanges | null;
	createdAt: string;
};

/** What happened in a group, newest first, a line a revision. */
export async function listActivity(
	db: Db,
	{ groupId }: Membership,
	{ cursor, limit, subjectId }: z.output<typeof activityQuery>
): Promise<{ items: ActivityView[]; nextCursor: number | null }> {
	const [rows, members] = await Promise.all([
		db.activity.findMany({
			where: {
				groupId,
				...(subjectId && { subjectId }),
				...(cursor !== undefined && { revision: { lt: cursor } })
			},
			orderBy: { revision: 'desc' },
			take: limit + 1
		}),
		db.member.findMany({ where: { groupId }, select: { id: true, name: true } })
	]);
	const names = new Map(members.map(({ id, name }) => [id, name]));
	const items = rows.slice(0, limit).map((row) => ({
		revision: row.revision,
		kind: row.kind as ActivityKind,
		actor: { memberId: row.actorId, name: names.get(row.actorId) ?? '' },
		subjectId: row.subjectId,
		summary: row.summary as ActivitySummary,
		changes: row.changes as ActivityChanges | null,
		createdAt: row.createdAt.toISOString()
	}));
	return { items, nextCursor: rows.length > limit ? (items.at(-1)?.revision ?? null) : null };
}
