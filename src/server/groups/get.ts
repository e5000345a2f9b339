import type { Db, MemberRole } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Membership } from './membership.ts';
import { oddUnits } from './odd-units.ts';

export type MemberView = {
	memberId: string;
	name: string;
	role: MemberRole;
	/** False for a name that nobody has claimed. */
	hasAccount: boolean;
	/** Not in the group any more; what they paid and owe stays. */
	removed: boolean;
	/** How many odd units have fallen to them. */
	odd: number;
};

export type GroupView = {
	id: string;
	name: string;
	/** What new expenses are in unless they say otherwise. */
	currency: string;
	/** Whether debts are shown as the fewest payments, or as what each owes each. */
	simplify: boolean;
	revision: number;
	archived: boolean;
	createdAt: string;
	me: { memberId: string; role: MemberRole };
	/** In the order they came, former ones included. */
	members: MemberView[];
};

/** A group as one of its members sees it. */
export async function getGroup(db: Db, { id: memberId, groupId }: Membership): Promise<GroupView> {
	const { counts } = await oddUnits(db, groupId);
	const group = await db.group.findUnique({
		where: { id: groupId },
		include: { members: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } }
	});
	const me = group?.members.find(({ id }) => id === memberId);
	if (!group || !me) throw notFound();
	const { id, name, currency, simplify, revision } = group;
	return {
		...{ id, name, currency, simplify, revision },
		archived: group.archivedAt !== null,
		createdAt: group.createdAt.toISOString(),
		me: { memberId, role: me.role },
		members: group.members.map((member) => ({
			memberId: member.id,
			name: member.name,
			role: member.role,
			hasAccount: member.userId !== null,
			removed: member.removedAt !== null,
			odd: counts.get(member.id) ?? 0
		}))
	};
}
