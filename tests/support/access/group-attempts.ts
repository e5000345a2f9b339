/** Attempts on the owner's group by people who have one of their own: her ids in every place, alone and beside their own. */
import type { Api } from '../api.ts';
import { dinner, type GroupThings } from './group-things.ts';

export type GroupAttempt = {
	call: (api: Api, hers: GroupThings, own: GroupThings) => Promise<unknown>;
	/** Refused as if there were no such thing, as an id that is taken, or as somebody who is not in the group. */
	expected: 'not found' | 'taken' | 'no member';
};

const notFound = (call: GroupAttempt['call']): GroupAttempt => ({ call, expected: 'not found' });
const noMember = (call: GroupAttempt['call']): GroupAttempt => ({ call, expected: 'no member' });
const taken = (call: GroupAttempt['call']): GroupAttempt => ({ call, expected: 'taken' });

export const groupAttempts: Record<string, GroupAttempt[]> = {
	'groups.create': [
		taken((api, { groupId: id }) => api.groups.create.mutate({ id, name: 'Mine', currency: 'EUR' }))
	],
	'groups.get': [notFound((api, { groupId }) => api.groups.get.query({ groupId }))],
	'groups.balances': [notFound((api, { groupId }) => api.groups.balances.query({ groupId }))],
	'reports.group': [notFound((api, { groupId }) => api.reports.group.query({ groupId }))],
	'groups.activity': [notFound((api, { groupId }) => api.groups.activity.query({ groupId }))],
	'groups.explain': [
		notFound((api, { groupId, guest: from, me: to }) =>
			api.groups.explain.query({ groupId, from, to, currency: 'EUR' })
		),
		notFound((api, { guest: from }, { groupId, me: to }) =>
			api.groups.explain.query({ groupId, from, to, currency: 'EUR' })
		),
		notFound((api, { me: to }, { groupId, guest: from }) =>
			api.groups.explain.query({ groupId, from, to, currency: 'EUR' })
		)
	],
	'groups.update': [notFound((api, { groupId }) => api.groups.update.mutate({ groupId, name: 'Mine' }))],
	'groups.archive': [notFound((api, { groupId }) => api.groups.archive.mutate({ groupId, archived: true }))],
	'groups.remove': [notFound((api, { groupId }) => api.groups.remove.mutate({ groupId }))],
	'members.add': [
		notFound((api, { groupId }) => api.members.add.mutate({ groupId, name: 'Me' })),
		notFound((api, { groupId }) => api.members.add.mutate({ groupId, email: 'me@example.org' })),
		taken((api, { guest: id }, { groupId }) => api.members.add.mutate({ groupId, id, name: 'Me' })),
		taken((api, { invite: id }, { groupId }) =>
			api.members.add.mutate({ groupId, id, email: 'me@example.org' })
		)
	],
	'members.rename': [
		notFound((api, { groupId, guest: memberId }) =>
			api.members.rename.mutate({ groupId, memberId, name: 'Mine' })
		),
		notFound((api, { guest: memberId }, { groupId }) =>
			api.members.rename.mutate({ groupId, memberId, name: 'Mine' })
		)
	],
	'members.remove': [
		notFound((api, { groupId, guest: memberId }) => api.members.remove.mutate({ groupId, memberId })),
		notFound((api, { me: memberId }, { groupId }) => api.members.remove.mutate({ groupId, memberId }))
	],
	'members.release': [
		notFound((api, { groupId, guest: memberId }) => api.members.release.mutate({ groupId, memberId })),
		notFound((api, { me: memberId }, { groupId }) => api.members.release.mutate({ groupId, memberId }))
	],
	'members.leave': [notFound((api, { groupId }) => api.members.leave.mutate({ groupId }))],
	'members.setRole': [
		notFound((api, { groupId }, { me: memberId }) =>
			api.members.setRole.mutate({ groupId, memberId, role: 'owner' })
		),
		notFound((api, { me: memberId }, { groupId }) =>
			api.members.setRole.mutate({ groupId, memberId, role: 'member' })
		)
	],
	'invites.list': [notFound((api, { groupId }) => api.invites.list.query({ groupId }))],
	'invites.create': [
		notFound((api, { groupId }) => api.invites.create.mutate({ groupId })),
		notFound((api, { guest: memberId }, { groupId }) => api.invites.create.mutate({ groupId, memberId })),
		taken((api, { invite: id }, { groupId }) => api.invites.create.mutate({ groupId, id }))
	],
	'invites.revoke': [notFound((api, { invite: id }) => api.invites.revoke.mutate({ id }))],
	'expenses.list': [notFound((api, { groupId }) => api.expenses.list.query({ groupId }))],
	'expenses.get': [notFound((api, { expense: id }) => api.expenses.get.query({ id }))],
	'expenses.create': [
		notFound((api, hers) => api.expenses.create.mutate(dinner(hers))),
		noMember((api, { me }, own) => api.expenses.create.mutate(dinner({ ...own, me }))),
		noMember((api, { guest }, own) => api.expenses.create.mutate(dinner({ ...own, guest }))),
		taken((api, { expense: id }, own) => api.expenses.create.mutate({ ...dinner(own), id }))
	],
	'expenses.update': [
		notFound((api, hers) => api.expenses.update.mutate({ ...dinner(hers), id: hers.expense, version: 1 })),
		notFound((api, { expense: id }, own) => api.expenses.update.mutate({ ...dinner(own), id, version: 1 })),
		noMember((api, { me }, own) =>
			api.expenses.update.mutate({ ...dinner({ ...own, me }), id: own.expense, version: 1 })
		)
	],
	'expenses.remove': [notFound((api, { expense: id }) => api.expenses.remove.mutate({ id }))],
	'expenses.restore': [notFound((api, { expense: id }) => api.expenses.restore.mutate({ id }))],
	'expenses.comment': [notFound((api, { expense: id }) => api.expenses.comment.mutate({ id, text: 'Hi' }))],
	'expenses.import': [
		notFound((api, { groupId }) => api.expenses.import.mutate({ groupId, text: 'nothing' }))
	],
	'schedules.list': [notFound((api, { groupId }) => api.schedules.list.query({ groupId }))],
	'schedules.end': [notFound((api, { schedule: id }) => api.schedules.end.mutate({ id }))],
	'settlements.list': [notFound((api, { groupId }) => api.settlements.list.query({ groupId }))],
	'settlements.suggestions': [notFound((api, { groupId }) => api.settlements.suggestions.query({ groupId }))],
	'settlements.create': [
		notFound((api, { groupId, guest: from, me: to }) =>
			api.settlements.create.mutate({ groupId, from, to, currency: 'EUR', amount: 1 })
		),
		noMember((api, { me: to }, { groupId, me: from }) =>
			api.settlements.create.mutate({ groupId, from, to, currency: 'EUR', amount: 1 })
		),
		noMember((api, { guest: from }, { groupId, me: to }) =>
			api.settlements.create.mutate({ groupId, from, to, currency: 'EUR', amount: 1 })
		),
		taken((api, { settlement: id }, { groupId, guest: from, me: to }) =>
			api.settlements.create.mutate({ groupId, id, from, to, currency: 'EUR', amount: 1 })
		)
	],
	'settlements.confirm': [notFound((api, { settlement: id }) => api.settlements.confirm.mutate({ id }))],
	'settlements.dispute': [notFound((api, { settlement: id }) => api.settlements.dispute.mutate({ id }))],
	'settlements.remove': [notFound((api, { settlement: id }) => api.settlements.remove.mutate({ id }))],
	'shares.setPaid': [
		notFound((api, { expense: expenseId, guest: memberId }) =>
			api.shares.setPaid.mutate({ expenseId, memberId, paid: true })
		),
		notFound((api, { guest: memberId }, { expense: expenseId }) =>
			api.shares.setPaid.mutate({ expenseId, memberId, paid: true })
		)
	]
};
