import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireAnotherOwner, requireOwner } from '../groups/owners.ts';
import { fellowMember } from './find.ts';

export const groupRoleChange = z.object({
	memberId: id,
	role: z.enum(['owner', 'member']),
	/** With `owner`: hands one's own ownership over, and is a member from then on. */
	transfer: z.boolean().default(false)
});

/**
 * Makes somebody an owner, or a member again; an owner does. Errors: NOT_FOUND, FORBIDDEN (`owner_only`), CONFLICT (`last_owner`,
 * `no_account`: a name without an account has no role, `group_archived`).
 */
export async function setMemberRole(
	app: App,
	membership: Membership,
	{ memberId, role, transfer }: z.output<typeof groupRoleChange>
): Promise<void> {
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		await requireOwner(tx, membership);
		const member = await fellowMember(tx, membership, memberId);
		const { name } = member;
		if (member.userId === null) throw new DomainError('CONFLICT', 'no_account', { params: { name } });
		if (role === 'member') await requireAnotherOwner(tx, member);
		const handsOver = transfer && role === 'owner' && memberId !== membership.id;
		if (member.role === role && !handsOver) return;
		await tx.member.update({ where: { id: memberId }, data: { role } });
		if (handsOver) await tx.member.update({ where: { id: membership.id }, data: { role: 'member' } });
		await recordChange(tx, app, membership, {
			kind: 'owner_changed',
			subjectId: memberId,
			summary: { name },
			changes: {
				role: [member.role, role],
				...(handsOver && { owner: [membership.name, name] })
			}
		});
	});
}
