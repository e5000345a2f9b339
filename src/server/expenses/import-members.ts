import { v5 } from 'uuid';
import { mostMembers } from '#lib/groups/split.ts';
import type { Member, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';

export type ImportedMember = {
	/** As the file calls them. */
	name: string;
	memberId: string;
	isNew: boolean;
};

export type NamedMember = { name: string; memberId?: string | undefined; newName?: string | undefined };

/**
 * Who the names of a file are in the group; those who are nobody yet are added as names without an account. Their ids are made
 * of their names, so that the same file again finds them. Errors: INVALID (`unknown_member`, `import_member_twice`, `group_full`).
 */
export async function importedMembers(
	tx: Tx,
	{ groupId }: Membership,
	names: readonly string[],
	wanted: readonly NamedMember[]
): Promise<ImportedMember[]> {
	const members = await tx.member.findMany({ where: { groupId }, orderBy: { id: 'asc' } });
	const found = names.map((name): ImportedMember & { called: string } => {
		const { memberId, newName } = wanted.find((one) => one.name === name) ?? {};
		if (memberId && !members.some(({ id }) => id === memberId)) {
			throw new DomainError('INVALID', 'unknown_member');
		}
		const called = newName ?? name;
		const known = memberId ?? knownAs(called, members, newName !== undefined);
		const ownId = v5(`imported ${called}`, groupId);
		const isThere = known !== undefined || members.some(({ id }) => id === ownId);
		return { name, called, memberId: known ?? ownId, isNew: !isThere };
	});
	for (const [at, { name, memberId }] of found.entries()) {
		if (found.findIndex((other) => other.memberId === memberId) !== at) {
			throw new DomainError('INVALID', 'import_member_twice', { params: { name } });
		}
	}
	const added = found.filter(({ isNew }) => isNew);
	if (members.filter(({ removedAt }) => !removedAt).length + added.length > mostMembers) {
		throw new DomainError('INVALID', 'group_full', { params: { most: mostMembers } });
	}
	await tx.member.createMany({
		data: added.map(({ memberId: id, called: name }) => ({ id, groupId, name, role: 'guest' as const }))
	});
	return found.map(({ name, memberId, isNew }) => ({ name, memberId, isNew }));
}

/** The one member who is called like that, unless a new one is asked for. */
function knownAs(name: string, members: readonly Member[], wantsNew: boolean): string | undefined {
	if (wantsNew) return undefined;
	const alike = members.filter((member) => member.name === name && !member.removedAt);
	return alike.length === 1 ? alike[0]!.id : undefined;
}
