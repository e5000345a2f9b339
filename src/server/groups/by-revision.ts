import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

const mostGroups = 200;

type AtRevision = { revision: number };

type Kept = AtRevision & {
	/** When the group was made: one that takes the id of a deleted one is another. */
	of: number;
};

/**
 * Remembers what is computed from all of a group's expenses, for as long as the group's revision is the same. Every change
 * raises it in the transaction that makes the change, so what is remembered cannot be out of date. `compute` has to read the
 * revision first, or in the same statement as the rest. Everybody who asks at once waits for one computation.
 */
export function byRevision<T extends AtRevision>(
	compute: (db: Db, groupId: string) => Promise<T>
): (db: Db, groupId: string) => Promise<T> {
	const kept = new WeakMap<Db, Map<string, Kept & { value: Promise<T> }>>();
	return async (db, groupId) => {
		const group = await db.group.findUnique({
			where: { id: groupId },
			select: { revision: true, createdAt: true }
		});
		if (!group) throw notFound();
		const of = group.createdAt.getTime();
		const groups = kept.get(db) ?? new Map<string, Kept & { value: Promise<T> }>();
		kept.set(db, groups);
		const known = groups.get(groupId);
		groups.delete(groupId); // and back in at the end: what was asked for longest ago is forgotten first
		const now =
			known && known.of === of && known.revision >= group.revision
				? known
				: begin(groups, db, groupId, { of, revision: group.revision });
		groups.set(groupId, now);
		for (const oldest of groups.keys()) {
			if (groups.size <= mostGroups) break;
			groups.delete(oldest);
		}
		return now.value;
	};

	function begin(
		groups: Map<string, Kept & { value: Promise<T> }>,
		db: Db,
		groupId: string,
		asked: Kept
	): Kept & { value: Promise<T> } {
		const entry = { ...asked, value: compute(db, groupId) };
		entry.value.then(
			// It may have come out newer than what was asked for.
			(value) => void (entry.revision = value.revision),
			() => groups.get(groupId) === entry && groups.delete(groupId)
		);
		return entry;
	}
}
