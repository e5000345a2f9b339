/** Who may do what in a group, for each of its procedures; and what ids of elsewhere do in the places that hold a group's own. */
import { TRPCClientError } from '@trpc/client';
import { v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { credentialOf, type People } from '../support/access/actors.ts';
import { groupRows } from '../support/access/group-rows.ts';
import { dinner, groupRowsOf, makeGroupThings, type GroupThings } from '../support/access/group-things.ts';
import type { Household, Spares } from '../support/access/household.ts';
import { refusal, untypedApiOf, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

type About = { _def: { type: 'query' | 'mutation'; meta?: { access: unknown } } };
const procedures = appRouter._def.procedures as unknown as Record<string, About>;

const quits = await startTestApp();
const { app } = quits;
const { db } = app;

let owner: Person;
let hers: GroupThings;
let herTransaction: string;
const herComment = v7();
let strangers: Record<'former member' | 'guest of another group' | 'owner of another group', Person>;
/** Of whoever owns another group. */
let others: GroupThings;

beforeAll(async () => {
	owner = await quits.meet('Anouschka');
	hers = await makeGroupThings(owner.api);
	await owner.api.expenses.comment.mutate({ id: hers.expense, commentId: herComment, text: 'Hers' });
	await importStatement(owner, statement(bookings(3)));
	herTransaction = (await transactionsOf(owner))[0]!.id;

	const former = await quits.meet('Finn');
	await owner.api.invites.create.mutate({ groupId: hers.groupId });
	const { memberId } = await former.api.invites.accept.mutate({ code: hers.code });
	await owner.api.members.remove.mutate({ groupId: hers.groupId, memberId });
	hers.code = (await owner.api.invites.create.mutate({ groupId: hers.groupId })).code;

	const other = await quits.meet('Olaf');
	others = await makeGroupThings(other.api);
	const guest = await quits.meet('Gustav');
	await guest.api.members.claim.mutate({ code: others.code, memberId: others.guest });
	strangers = { 'former member': former, 'guest of another group': guest, 'owner of another group': other };
});

/** `ok`, or the reason of the refusal, and all that came back. */
async function call(token: string, name: string, input: unknown): Promise<{ end: string; text: string }> {
	const api = untypedApiOf(app, { token });
	try {
		return { end: 'ok', text: JSON.stringify(await api[procedures[name]!._def.type](name, input)) };
	} catch (error) {
		if (!(error instanceof TRPCClientError)) throw error;
		return { end: (error.data as { reason: string }).reason, text: JSON.stringify(error.shape) };
	}
}

/** A row's input for a group of our choice. */
const inputFor = (name: string, group: GroupThings): unknown =>
	groupRows[name]?.input?.({ group } as Household, { group: async () => group } as Spares);
const ofGroups = Object.entries(groupRows).filter(([, { namesHers }]) => namesHers);

// What a member who is no owner hears where it is not what an owner hears.
const asMember: Record<string, string> = {
	'groups.update': 'owner_only',
	'groups.archive': 'owner_only',
	'groups.remove': 'owner_only',
	'members.remove': 'owner_only',
	'members.setRole': 'owner_only',
	'members.release': 'owner_only',
	'members.leave': 'ok',
	// What is between the owner and a name without an account is the owner's to say.
	'settlements.create': 'settlement_of_others',
	'settlements.confirm': 'settlement_payee_only',
	'settlements.dispute': 'settlement_payee_only',
	'settlements.remove': 'settlement_of_others',
	'shares.setPaid': 'share_of_others'
};

test.each(ofGroups)('%s by a member who is no owner', async (name, { own }) => {
	const member = await quits.meet('Mia');
	const group = await makeGroupThings(owner.api);
	await member.api.invites.accept.mutate({ code: group.code });
	const { end } = await call(member.token, name, await inputFor(name, group));
	if (asMember[name]) expect(end).toBe(asMember[name]);
	else expect(own).toContain(end);
});

test.each(ofGroups)('%s by those who are not in the group', async (name, { foreign }) => {
	const before = await groupRowsOf(db, owner.id);
	const input = await inputFor(name, hers);
	for (const [who, { token }] of Object.entries(strangers)) {
		const { end, text } = await call(token, name, input);
		expect({ who, end, among: foreign }).toSatisfy(() => foreign.includes(end));
		const asked = JSON.stringify(input);
		const told = [...Object.values(hers), 'Anouschka'].filter(
			(id) => text.includes(id) && !asked.includes(id)
		);
		expect({ who, told }).toEqual({ who, told: [] });
	}
	expect(await groupRowsOf(db, owner.id)).toEqual(before);
});

test('a token of the owner’s opens their groups for what it is for, and nobody else’s', async () => {
	const people = { owner: owner.id } as People;
	const groupsToken = (await credentialOf(db, people, 'groupsToken'))!;
	const readToken = (await credentialOf(db, people, 'readToken'))!;
	const rename = { groupId: hers.groupId, memberId: hers.guest, name: 'Cleo' };
	expect((await call(groupsToken, 'groups.get', { groupId: hers.groupId })).end).toBe('ok');
	expect((await call(groupsToken, 'members.rename', rename)).end).toBe('ok');
	expect((await call(readToken, 'groups.get', { groupId: hers.groupId })).end).toBe('ok');
	expect((await call(readToken, 'members.rename', rename)).end).toBe('scope');
	for (const token of [groupsToken, readToken]) {
		expect((await call(token, 'groups.get', { groupId: others.groupId })).end).toBe('not_found');
	}
	// What one may do in groups says nothing of one's bank account.
	expect((await call(groupsToken, 'transactions.list', {})).end).toBe('scope');
	const transactionId = v7();
	const { groupId, expense: id } = hers;
	const payment = { groupId, from: hers.guest, to: hers.me, currency: 'EUR', amount: 100 };
	const tying: Record<string, object> = {
		'expenses.create': dinner(hers),
		'expenses.update': { ...dinner(hers), id, version: 1 },
		'settlements.create': payment,
		'settlements.confirm': { id: hers.settlement }
	};
	for (const [name, input] of Object.entries(tying)) {
		const { end } = await call(groupsToken, name, { ...input, transactionId });
		expect({ name, end }).toEqual({ name, end: 'scope' });
		const plain = await call(groupsToken, name, { ...input, transactionId: null });
		expect({ name, end: plain.end }).not.toEqual({ name, end: 'scope' });
	}
	await db.apiToken.updateMany({
		where: { userId: owner.id, scopes: 'groups' },
		data: { scopes: 'groups write' }
	});
	expect((await call(groupsToken, 'settlements.create', { ...payment, transactionId })).end).toBe(
		'not_found'
	);
});

type Swap = { call: (api: Api) => Promise<unknown>; reason: string };
const swap = (reason: string, call: Swap['call']): Swap => ({ call, reason });
const paidBy = (memberId: string) => ({ payers: [{ memberId, amount: 3000 }] });

const swaps: Record<string, Swap> = {
	'a payer of another group': swap('unknown_member', (api) =>
		api.expenses.create.mutate({ ...dinner(others), ...paidBy(hers.me) })
	),
	'a share for a member of another group': swap('unknown_member', (api) =>
		api.expenses.create.mutate({
			...dinner(others),
			split: { mode: 'exact', members: [{ memberId: hers.guest, amount: 3000 }] }
		})
	),
	'an item of somebody of another group': swap('unknown_member', (api) =>
		api.expenses.create.mutate({
			...dinner(others),
			split: { mode: 'items', items: [{ name: 'Soup', amount: 3000, memberIds: [others.me, hers.me] }] }
		})
	),
	'a payer of another group in an update': swap('unknown_member', (api) =>
		api.expenses.update.mutate({ ...dinner(others), ...paidBy(hers.me), id: others.expense, version: 1 })
	),
	'a bank transaction of somebody else in a new expense': swap('not_found', (api) =>
		api.expenses.create.mutate({ ...dinner(others), transactionId: herTransaction })
	),
	'a bank transaction of somebody else in an update': swap('not_found', (api) =>
		api.expenses.update.mutate({
			...dinner(others),
			...{ id: others.expense, version: 1, transactionId: herTransaction }
		})
	),
	'a bank transaction of somebody else in a settlement': swap('not_found', (api) =>
		api.settlements.create.mutate({
			...{ groupId: others.groupId, from: others.guest, to: others.me, currency: 'EUR', amount: 1 },
			transactionId: herTransaction
		})
	),
	'a name of another group than the code is for': swap('not_found', () =>
		strangers['former member'].api.members.claim.mutate({ code: others.code, memberId: hers.guest })
	),
	'a comment’s id of another group': swap('id_taken', (api) =>
		api.expenses.comment.mutate({ id: others.expense, commentId: herComment, text: 'Mine' })
	)
};

test.each(Object.entries(swaps))('%s: refused', async (_, { call, reason }) => {
	const olaf = strangers['owner of another group'];
	const rows = async () => [await groupRowsOf(db, olaf.id), await groupRowsOf(db, owner.id)];
	const before = await rows();
	expect((await refusal(call(olaf.api))).reason).toBe(reason);
	expect(await rows()).toEqual(before);
});

test('a cursor of another group finds nothing of it', async () => {
	const { api } = strangers['owner of another group'];
	const { groupId } = others;
	const rows = [
		...(await api.expenses.list.query({ groupId, cursor: `2100-01-01_${hers.expense}` })).items,
		...(await api.settlements.list.query({ groupId, cursor: `2100-01-01_${hers.settlement}` })).items
	];
	expect(rows).toHaveLength(2);
	expect(new Set(rows.map((row) => row.groupId))).toEqual(new Set([groupId]));
});
