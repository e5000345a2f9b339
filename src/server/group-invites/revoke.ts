import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';

/** Takes a link back; from now on its code opens nothing. Errors: NOT_FOUND. */
export async function revokeGroupInvite(app: App, membership: Membership, id: string): Promise<void> {
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership, { archived: true });
		const { count } = await tx.groupInvite.deleteMany({ where: { id, groupId: membership.groupId } });
		if (count === 0) throw notFound();
		await recordChange(tx, app, membership, { kind: 'invite_revoked', subjectId: id });
	});
}
