import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { lockGroup } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireAnotherOwner } from '../groups/owners.ts';
import { fellowMember } from './find.ts';
import { takeOut } from './take-out.ts';

/**
 * Leaves a group; a link brings one back. Returns what one still is ahead or behind, in minor units. Errors: NOT_FOUND,
 * CONFLICT (`last_owner`).
 */
export async function leaveGroup(
	app: App,
	membership: Membership,
	now = new Date()
): Promise<{ balances: { currency: string; amount: number }[] }> {
	const { tell, balances } = await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership, { archived: true });
		const member = await fellowMember(tx, membership, membership.id);
		if (member.role === 'owner') await requireAnotherOwner(tx, member);
		return takeOut(tx, app, membership, member, 'member_left', now);
	});
	await tell();
	return { balances };
}
