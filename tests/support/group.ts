/** A group with its people, for tests of what happens in groups. */
import { v7 } from 'uuid';
import { createGroup } from '#server/groups/create.ts';
import { balancesOf, type Balance } from '#server/groups/balances.ts';
import type { App } from '#server/app.ts';
import type { Api } from './api.ts';
import type { Person } from './person.ts';

export type NewExpense = Parameters<Api['expenses']['create']['mutate']>[0];
export type ExpenseView = Awaited<ReturnType<Api['expenses']['create']['mutate']>>;

export type TestGroup = {
	id: string;
	/** The member that a person, or a name without an account, is. */
	member: (name: string) => string;
	/** Dinner for 30.00 EUR that the first person paid, split alike among all; and whatever is said otherwise. */
	expense: (more?: Partial<NewExpense>) => NewExpense;
	balances: () => Promise<Balance[]>;
	revision: () => Promise<number>;
	/** How the group remembers the last change. */
	lastChange: () => Promise<{ kind: string; actorId: string; changes: unknown; summary: unknown }>;
};

/** The first of `people` owns it. `guests` are names without an account. */
export async function makeGroup(
	app: App,
	people: Person[],
	{ guests = [], currency = 'EUR' }: { guests?: string[]; currency?: string } = {}
): Promise<TestGroup> {
	const [owner, ...others] = people;
	const { groupId: id, id: ownerId } = await createGroup(app, owner!, { name: 'The flat', currency });
	const members = new Map([[owner!.name, ownerId]]);
	for (const { id: userId, name } of others) {
		const member = { id: v7(), groupId: id, userId, name, role: 'member' } as const;
		await app.db.member.create({ data: member });
		await app.live.joinGroup(userId, id);
		members.set(name, member.id);
	}
	for (const name of guests) {
		const member = { id: v7(), groupId: id, name, role: 'guest' } as const;
		await app.db.member.create({ data: member });
		members.set(name, member.id);
	}
	const member = (name: string): string => {
		const found = members.get(name);
		if (!found) throw new Error(`${name} is not in this group`);
		return found;
	};
	return {
		id,
		member,
		expense: ({ amount = 3000, ...more } = {}) => ({
			groupId: id,
			description: 'Dinner',
			date: '2026-03-01',
			currency,
			amount,
			payers: [{ memberId: ownerId, amount }],
			split: { mode: 'equal' },
			...more
		}),
		balances: () => balancesOf(app.db, id),
		revision: async () => (await app.db.group.findUniqueOrThrow({ where: { id } })).revision,
		lastChange: () =>
			app.db.activity.findFirstOrThrow({ where: { groupId: id }, orderBy: { revision: 'desc' } })
	};
}
