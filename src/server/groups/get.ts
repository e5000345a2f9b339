import type { Side } from '#lib/groups/speaking.ts';
import type { Db, MemberRole } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { sideOf } from '../settlements/sides.ts';
import type { Membership } from './membership.ts';
import { oddUnits } from './odd-units.ts';

export type MemberView = Side & {
	name: string;
	role: MemberRole;
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
	/** The turn that the next expense will have: whose the odd unit will be. */
	nextTurn: number;
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
	const { id, name, currency, simplify, revision, nextTurn } = group;
	return {
		...{ id, name, currency, simplify, revision, nextTurn },
		archived: group.archivedAt !== null,
		createdAt: group.createdAt.toISOString(),
		me: { memberId, role: me.role },
		members: group.members.map((member) => ({
			...sideOf(member),
			name: member.name,
			role: member.role,
			odd: counts.get(member.id) ?? 0
		}))
	};
}
