import { z } from 'zod';
import { id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireOwner } from '../groups/owners.ts';
import { fellowMember } from './find.ts';
import { requireFreeName } from './names.ts';

export const renaming = z.object({ memberId: id, name: line(80, 1) });

/**
 * Changes what a group calls somebody: oneself, or a name without an account; an owner anybody. Errors: NOT_FOUND, FORBIDDEN
 * (`owner_only`), CONFLICT (`group_archived`, `name_taken` by somebody else in the group).
 */
export async function renameMember(
	app: App,
	membership: Membership,
	{ memberId, name }: z.output<typeof renaming>
): Promise<void> {
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const member = await fellowMember(tx, membership, memberId);
		if (member.userId !== null && member.id !== membership.id) await requireOwner(tx, membership);
		if (member.name === name) return;
		await requireFreeName(tx, member.groupId, name, memberId);
		await tx.member.update({ where: { id: memberId }, data: { name } });
		await recordChange(tx, app, membership, {
			kind: 'member_renamed',
			subjectId: memberId,
			summary: { name },
			changes: { name: [member.name, name] }
		});
	});
}
