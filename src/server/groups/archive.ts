import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { lockGroup, recordChange } from './change.ts';
import type { Membership } from './membership.ts';
import { requireOwner } from './owners.ts';

/**
 * Puts a group away, where it can be read and nothing in it changes, or takes it out again; an owner does. Errors: NOT_FOUND,
 * FORBIDDEN (`owner_only`).
 */
export async function archiveGroup(
	app: App,
	membership: Membership,
	archived: boolean,
	now = new Date()
): Promise<void> {
	const { groupId } = membership;
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership, { archived: true });
		await requireOwner(tx, membership);
		const { name, archivedAt } = await tx.group.findUniqueOrThrow({ where: { id: groupId } });
		if ((archivedAt !== null) === archived) return;
		await tx.group.update({ where: { id: groupId }, data: { archivedAt: archived ? now : null } });
		const kind = archived ? 'group_archived' : 'group_restored';
		await recordChange(tx, app, membership, { kind, summary: { title: name } });
	});
}
