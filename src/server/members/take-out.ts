import type { ActivityKind } from '#lib/groups/activity.ts';
import type { App } from '../app.ts';
import type { Member, Tx } from '../db/client.ts';
import { balancesOf } from '../groups/balances.ts';
import { writeChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { closeBudgets } from '../notifications/close-budgets.ts';

type Out = {
	/** What the member still is ahead or behind, in minor units; it stays in the group's balances. */
	balances: { currency: string; amount: number }[];
	/** Ends what their sockets hear of the group, then tells the others. To be awaited after the commit. */
	tell: () => Promise<void>;
};

/** Takes somebody out of a group, inside its lock; their name and history stay. */
export async function takeOut(
	tx: Tx,
	{ live }: Pick<App, 'live'>,
	actor: Pick<Membership, 'id' | 'groupId'>,
	{ id, name, userId, groupId }: Member,
	kind: Extract<ActivityKind, 'member_removed' | 'member_left'>,
	now: Date
): Promise<Out> {
	await tx.member.update({ where: { id }, data: { removedAt: now } });
	await tx.groupInvite.deleteMany({ where: { groupId, memberId: id } });
	if (userId !== null) await closeBudgets(tx, [userId], { groupId }, now);
	const event = await writeChange(tx, actor, { kind, subjectId: id, summary: { name } });
	const balances = await balancesOf(tx, groupId, id);
	return {
		balances: balances.map(({ currency, amount }) => ({ currency, amount })),
		tell: async () => {
			if (userId !== null) await live.leaveGroup(userId, groupId);
			live.toGroup(groupId, 'group:changed', event);
		}
	};
}
