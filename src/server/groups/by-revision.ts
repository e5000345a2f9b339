import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

const mostGroups = 200;

type AtRevision = { revision: number };

/**
 * Remembers what is computed from all of a group's expenses, for as long as the group's revision is the same. Every change
 * raises it in the transaction that makes the change, so what is remembered cannot be out of date. `compute` has to read the
 * revision first, or in the same statement as the rest. Everybody who asks at once waits for one computation.
 */
export function byRevision<T extends AtRevision>(
	compute: (db: Db, groupId: string) => Promise<T>
): (db: Db, groupId: string) => Promise<T> {
	const kept = new WeakMap<Db, Map<string, AtRevision & { value: Promise<T> }>>();
	return async (db, groupId) => {
		const group = await db.group.findUnique({ where: { id: groupId }, select: { revision: true } });
		if (!group) throw notFound();
		const groups = kept.get(db) ?? new Map<string, AtRevision & { value: Promise<T> }>();
		kept.set(db, groups);
		const known = groups.get(groupId);
		groups.delete(groupId); // and back in at the end: what was asked for longest ago is forgotten first
		const now =
			known && known.revision >= group.revision ? known : begin(groups, db, groupId, group.revision);
		groups.set(groupId, now);
		for (const oldest of groups.keys()) {
			if (groups.size <= mostGroups) break;
			groups.delete(oldest);
		}
		return now.value;
	};

	function begin(
		groups: Map<string, AtRevision & { value: Promise<T> }>,
		db: Db,
		groupId: string,
		revision: number
	): AtRevision & { value: Promise<T> } {
		const entry = { revision, value: compute(db, groupId) };
		entry.value.then(
			// It may have come out newer than what was asked for.
			(value) => void (entry.revision = value.revision),
			() => groups.get(groupId) === entry && groups.delete(groupId)
		);
		return entry;
	}
}
