/** The access matrix's rows for what is in groups. */
import { v7 } from 'uuid';
import { dinner, type GroupThings } from './group-things.ts';
import { ofHers, ofOnesOwn, type Row } from './row.ts';
import type { Level } from './levels.ts';

/** Reads, or changes nothing that another call needs. */
const ofHerGroup = (level: Level, input: (group: GroupThings) => unknown, own?: string): Row =>
	ofHers(level, ({ group }) => input(group), 'not_found', own);
/** Uses something of the group up, so each call of the owner's gets a group of its own. */
const ofSpareGroup = (input: (group: GroupThings) => unknown, own?: string): Row =>
	ofHers('groups', async (_, spare) => input(await spare.group()), 'not_found', own);

const settlement = ({ groupId, me, guest }: GroupThings) => ({
	...{ groupId, from: guest, to: me, currency: 'EUR', amount: 100 }
});

export const groupRows: Record<string, Row> = {
	'groups.list': ofOnesOwn('groupsRead'),
	'groups.create': ofHers(
		'groups',
		({ group: { groupId: id } }) => ({ id, name: 'Mine', currency: 'EUR' }),
		'id_taken'
	),
	'groups.get': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'groups.balances': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'reports.group': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'groups.activity': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'groups.explain': ofHerGroup('groupsRead', ({ groupId, guest: from, me: to }) => ({
		...{ groupId, from, to, currency: 'EUR' }
	})),
	'groups.update': ofHerGroup('groups', ({ groupId }) => ({ groupId, name: 'Renamed' })),
	'groups.archive': ofSpareGroup(({ groupId }) => ({ groupId, archived: true })),
	'groups.remove': ofHers('stepUp', async (_, spare) => ({ groupId: (await spare.group()).groupId })),
	'members.add': ofSpareGroup(({ groupId }) => ({ groupId, name: 'Finn' })),
	'members.rename': ofHerGroup('groups', ({ groupId, guest: memberId }) => ({
		...{ groupId, memberId, name: 'Renamed' }
	})),
	'members.remove': ofSpareGroup(({ groupId, guest: memberId }) => ({ groupId, memberId })),
	'members.release': ofSpareGroup(({ groupId, guest: memberId }) => ({ groupId, memberId })),
	'members.leave': ofHerGroup('groups', ({ groupId }) => ({ groupId }), 'last_owner'),
	'members.setRole': ofHerGroup(
		'groups',
		({ groupId, guest: memberId }) => ({ groupId, memberId, role: 'owner' }),
		'no_account'
	),
	// Codes let in whoever has them: here are those who have none.
	'members.claim': ofOnesOwn('groups', () => ({ code: 'none', memberId: v7() }), 'invite_invalid'),
	'invites.peek': ofOnesOwn('anyone', () => ({ code: 'none' }), 'invite_invalid'),
	'invites.accept': ofOnesOwn('groups', () => ({ code: 'none' }), 'invite_invalid'),
	'invites.list': ofHerGroup('groups', ({ groupId }) => ({ groupId })),
	'invites.create': ofSpareGroup(({ groupId }) => ({ groupId })),
	'invites.revoke': ofSpareGroup(({ invite: id }) => ({ id })),
	'expenses.list': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'expenses.get': ofHerGroup('groupsRead', ({ expense: id }) => ({ id })),
	'expenses.create': ofSpareGroup(dinner),
	'expenses.update': ofSpareGroup((group) => ({ ...dinner(group), id: group.expense, version: 1 })),
	'expenses.remove': ofSpareGroup(({ expense: id }) => ({ id })),
	'expenses.restore': ofHerGroup('groups', ({ expense: id }) => ({ id })),
	'expenses.comment': ofSpareGroup(({ expense: id }) => ({ id, text: 'Hello' })),
	'expenses.import': ofSpareGroup(
		({ groupId }) => ({ groupId, text: 'this is no export of a group' }),
		'import_unknown'
	),
	'schedules.list': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'schedules.end': ofSpareGroup(({ schedule: id }) => ({ id })),
	'settlements.list': ofHerGroup('groupsRead', ({ groupId }) => ({ groupId })),
	'settlements.suggestions': ofHerGroup('read', ({ groupId }) => ({ groupId })),
	'settlements.create': ofSpareGroup(settlement),
	'settlements.confirm': ofHerGroup('groups', ({ settlement: id }) => ({ id })),
	'settlements.dispute': ofSpareGroup(({ settlement: id }) => ({ id })),
	'settlements.remove': ofSpareGroup(({ settlement: id }) => ({ id })),
	'shares.setPaid': ofSpareGroup(({ expense: expenseId, guest: memberId }) => ({
		...{ expenseId, memberId, paid: true }
	}))
};
