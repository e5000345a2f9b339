import { z } from 'zod';
import { text } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { beyond } from '../expenses/list.ts';
import type { Membership } from '../groups/membership.ts';
import { settlementView, type SettlementView } from './view.ts';

export const settlementsQuery = z.object({
	cursor: text(100).optional(),
	limit: z.number().int().min(1).max(200).default(50)
});

/** `disputeNote`: what whoever was to get it said when they disputed it. */
export type ListedSettlement = SettlementView & { disputeNote: string | null };

/** One page of a group's settlements, newest first. Error: INVALID (a cursor that is none of ours). */
export async function listSettlements(
	db: Db,
	membership: Membership,
	{ cursor, limit }: z.output<typeof settlementsQuery>
): Promise<{ items: ListedSettlement[]; nextCursor: string | null }> {
	const { groupId } = membership;
	const rows = await db.settlement.findMany({
		where: { groupId, deletedAt: null, ...(cursor && beyond(cursor)) },
		orderBy: [{ date: 'desc' }, { id: 'desc' }],
		take: limit + 1
	});
	const page = rows.slice(0, limit);
	const notes = await disputeNotes(
		db,
		groupId,
		page.filter(({ status }) => status === 'disputed').map(({ id }) => id)
	);
	const items = page.map((row) => ({
		...settlementView(row, membership),
		disputeNote: notes.get(row.id) ?? null
	}));
	const last = rows.length > limit ? page.at(-1) : undefined;
	return { items, nextCursor: last ? `${last.date}_${last.id}` : null };
}

/** The last word on each, from the group's log. */
async function disputeNotes(db: Db, groupId: string, ids: string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const lines = await db.activity.findMany({
		where: { groupId, kind: 'settlement_disputed', subjectId: { in: ids } },
		orderBy: { revision: 'asc' },
		select: { subjectId: true, changes: true }
	});
	return new Map(
		lines.map(({ subjectId, changes }) => [
			subjectId!,
			(changes as { note?: [null, string] } | null)?.note?.[1] ?? ''
		])
	);
}
