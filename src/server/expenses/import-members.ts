import { v5 } from 'uuid';
import { freeName, nameKey } from '#lib/groups/member-names.ts';
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
 * Who the names of a file are in the group; those who are nobody yet are added as names without an account, with a number behind
 * the name where somebody else has it. Their ids are made of their names, so that the same file again finds them. Errors: INVALID
 * (`unknown_member`, `import_member_twice`, `group_full`).
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
		const ownId = v5(`imported ${called}`, groupId);
		const known = memberId ?? knownAs(called, members, ownId, newName !== undefined);
		return { name, called, memberId: known ?? ownId, isNew: known === undefined };
	});
	for (const [at, { name, memberId }] of found.entries()) {
		if (found.findIndex((other) => other.memberId === memberId) !== at) {
			throw new DomainError('INVALID', 'import_member_twice', { params: { name } });
		}
	}
	const added = found.filter(({ isNew }) => isNew);
	const taken = members.filter(({ removedAt }) => !removedAt).map(({ name }) => name);
	if (taken.length + added.length > mostMembers) {
		throw new DomainError('INVALID', 'group_full', { params: { most: mostMembers } });
	}
	const data = added.map(({ memberId: id, called }) => {
		const name = freeName(called, taken);
		taken.push(name);
		return { id, groupId, name, role: 'guest' as const };
	});
	await tx.member.createMany({ data });
	return found.map(({ name, memberId, isNew }) => ({ name, memberId, isNew }));
}

/**
 * The member that a name is: whoever is called just like that, then whoever an earlier import made of it, then whoever is called
 * like that but for the case. Only the second when somebody new is asked for.
 */
function knownAs(
	name: string,
	members: readonly Member[],
	ownId: string,
	wantsNew: boolean
): string | undefined {
	const current = wantsNew ? [] : members.filter(({ removedAt }) => !removedAt);
	const found =
		current.find((member) => member.name === name) ??
		members.find(({ id }) => id === ownId) ??
		current.find((member) => nameKey(member.name) === nameKey(name));
	return found?.id;
}
