/** Groups and what happens in them, through the API: what somebody else does while a page is open. */
import { today } from './statements.ts';
import type { Person } from './test.ts';

export type Group = {
	id: string;
	/** By name. */
	members: Record<string, string>;
};

/** A group of people who are all in it, the first one its owner. */
export async function groupOf(name: string, owner: Person, ...others: Person[]): Promise<Group> {
	const { id } = await owner.api.groups.create.mutate({ name, currency: 'EUR' });
	const { code } = await owner.api.invites.create.mutate({ groupId: id });
	for (const { api } of others) await api.invites.accept.mutate({ code });
	return { id, members: await membersOf(owner, id) };
}

/** Adds a name without an account. */
export async function addName(person: Person, group: Group, name: string): Promise<string> {
	const added = await person.api.members.add.mutate({ groupId: group.id, name });
	if (added.status !== 'added') throw new Error('a name was mailed');
	return added.memberId;
}

export async function membersOf({ api }: Person, groupId: string): Promise<Record<string, string>> {
	const { members } = await api.groups.get.query({ groupId });
	return Object.fromEntries(members.map(({ memberId, name }) => [name, memberId]));
}

type Spent = { description: string; amount: number; date?: string };

/** Somebody pays for everybody in the group. */
export async function spend(
	person: Person,
	{ id: groupId }: Group,
	{ description, amount, date = today }: Spent
): Promise<string> {
	const { me } = await person.api.groups.get.query({ groupId });
	const expense = await person.api.expenses.create.mutate({
		groupId,
		description,
		amount,
		date,
		currency: 'EUR',
		payers: [{ memberId: me.memberId, amount }],
		split: { mode: 'equal' }
	});
	return expense.id;
}
