import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { makeLimits } from '#server/limits/limit.ts';
import { apiOf, refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { keptMails, tokenIn } from '../support/mailbox.ts';

const quits = await startTestApp({ env: { PUBLIC_URL: 'https://quits.example.org' } });
const { app } = quits;
const { db } = app;

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const dora = await quits.meet('Dora');
const eve = await quits.meet('Eve', { locale: 'de' });
let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben, dora], { guests: ['Cleo'] });
	groupId = flat.id;
});

const membersNow = async () => {
	const { members } = await ana.api.groups.get.query({ groupId });
	return Object.fromEntries(members.map(({ name, role, removed }) => [name, removed ? 'removed' : role]));
};
const ownerOnly = { code: 'FORBIDDEN', reason: 'owner_only' };
const lastOwner = { code: 'CONFLICT', reason: 'last_owner' };
const notFound = { code: 'NOT_FOUND', reason: 'not_found' };

test('any member adds a name without an account; sent again, and twenty times at once, it is added once', async () => {
	const wanted = { groupId, id: v7(), name: ' Finn ' };
	const answers = await Promise.all(Array.from({ length: 20 }, () => ben.api.members.add.mutate(wanted)));
	for (const answer of answers) {
		expect(answer).toEqual({ status: 'added', memberId: wanted.id, name: 'Finn' });
	}
	expect(await flat.revision()).toBe(2);
	expect(await membersNow()).toEqual({
		Ana: 'owner',
		Ben: 'member',
		Dora: 'member',
		Cleo: 'guest',
		Finn: 'guest'
	});
	await ben.api.members.rename.mutate({ groupId, memberId: wanted.id, name: 'Finnegan' });
	expect(await ben.api.members.add.mutate(wanted)).toEqual({ ...answers[0], name: 'Finnegan' });
	const idTaken = { code: 'CONFLICT', reason: 'id_taken' };
	const other = await makeGroup(app, [eve]);
	expect(await refusal(eve.api.members.add.mutate({ ...wanted, groupId: other.id }))).toMatchObject(idTaken);
	// Whoever added somebody else under that id meant somebody else; and a member with an account was added by nobody.
	expect(await refusal(dora.api.members.add.mutate(wanted))).toMatchObject(idTaken);
	for (const name of ['Ana', 'Ben', 'Cleo']) {
		const call = ben.api.members.add.mutate({ groupId, id: flat.member(name), name: 'Gus' });
		expect(await refusal(call)).toMatchObject(idTaken);
	}
});

test('one id in two groups at once is added to one of them', async () => {
	const other = await makeGroup(app, [eve]);
	const id = v7();
	const adding = [
		ana.api.members.add.mutate({ groupId, id, name: 'Finn' }),
		eve.api.members.add.mutate({ groupId: other.id, id, name: 'Finn' })
	];
	const answers = await Promise.allSettled(adding);
	const refused = answers.findIndex(({ status }) => status === 'rejected');
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await refusal(adding[refused]!)).toMatchObject({ code: 'CONFLICT', reason: 'id_taken' });
});

test('a group holds fifty', async () => {
	const add = (n: number) => ana.api.members.add.mutate({ groupId, name: `Guest ${n}` });
	const answers = await Promise.allSettled(Array.from({ length: 48 }, (_, n) => add(n)));
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(46);
	expect(await refusal(add(50))).toMatchObject({
		code: 'INVALID',
		reason: 'group_full',
		params: { most: 50 }
	});
	const { code } = await ana.api.invites.create.mutate({ groupId });
	expect(await refusal(eve.api.invites.accept.mutate({ code }))).toMatchObject({ reason: 'group_full' });
	// Somebody who says who they are takes no more room.
	await eve.api.members.claim.mutate({ code, memberId: flat.member('Cleo') });
});

test('an address is mailed a link, and the answer is the same whether it has an account or not', async () => {
	const { email } = await eve.api.auth.me.query();
	const known = await ben.api.members.add.mutate({ groupId, email: email.toUpperCase() });
	const unknown = await ben.api.members.add.mutate({ groupId, email: 'nobody@example.org' });
	const shape = (answer: typeof known) =>
		JSON.stringify(answer, (_, value: unknown) => (typeof value === 'string' ? typeof value : value));
	expect(shape(known)).toBe(shape(unknown));
	expect(known).toMatchObject({ status: 'invited', invite: { memberId: null } });
	expect(await membersNow()).not.toHaveProperty('Eve');

	const [german] = await keptMails(app, email);
	expect(german).toMatchObject({
		kind: 'group_invite',
		subject: 'Ben lädt dich in die Gruppe „The flat“ ein'
	});
	const [english] = await keptMails(app, 'nobody@example.org');
	expect(english!.subject).toBe('Ben invites you to the group “The flat”');
	expect(english!.body).toContain('https://quits.example.org/join#');
	await eve.api.invites.accept.mutate({ code: tokenIn(german!.body) });
	expect(await membersNow()).toMatchObject({ Eve: 'member' });
});

test('a mail that is asked for again with its id is sent once', async () => {
	const wanted = { groupId, id: v7(), email: 'once@example.org' };
	const [first, second] = [
		await ana.api.members.add.mutate(wanted),
		await ana.api.members.add.mutate(wanted)
	];
	expect(second).toEqual(first);
	expect(await keptMails(app, 'once@example.org')).toHaveLength(1);
});

test('mails to one address are three an hour, whoever asks; from one person ten, wherever they go', async () => {
	const limited = { ...app, limits: makeLimits({ rateLimits: true }, db) };
	const [a, b] = [apiOf(limited, { token: ana.token }), apiOf(limited, { token: ben.token })];
	const toOne = await Promise.allSettled(
		[a, b, a, b, a].map((api) => api.members.add.mutate({ groupId, email: 'often@example.org' }))
	);
	expect(toOne.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
	const bens = toOne.filter(({ status }, n) => n % 2 === 1 && status === 'fulfilled').length;
	const toMany = await Promise.allSettled(
		Array.from({ length: 12 }, (_, n) => b.members.add.mutate({ groupId, email: `p${n}@example.org` }))
	);
	expect(toMany.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(10 - bens);
	expect(await refusal(b.members.add.mutate({ groupId, email: 'more@example.org' }))).toMatchObject({
		code: 'RATE_LIMITED'
	});
});

test('people rename themselves and names without an account; others an owner renames', async () => {
	const rename = (who: typeof ana, of: string, name: string) =>
		who.api.members.rename.mutate({ groupId, memberId: flat.member(of), name });
	await rename(ben, 'Ben', 'Benny');
	await rename(ben, 'Cleo', 'Cleopatra');
	expect(await refusal(rename(ben, 'Dora', 'Dodo'))).toMatchObject(ownerOnly);
	await rename(ana, 'Dora', 'Theodora');
	expect(await flat.lastChange()).toMatchObject({
		kind: 'member_renamed',
		changes: { name: ['Dora', 'Theodora'] }
	});
	const before = await flat.revision();
	await rename(ana, 'Dora', 'Theodora');
	expect(await flat.revision()).toBe(before);
	expect(Object.keys(await membersNow())).toEqual(['Ana', 'Benny', 'Theodora', 'Cleopatra']);
});

test('an owner removes somebody: their history stays, the answer says what they owe, and they get nothing any more', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 4000 }));
	const before = await flat.balances();
	expect(await ben.api.groups.get.query({ groupId })).toMatchObject({ id: groupId });
	expect(await ana.api.members.remove.mutate({ groupId, memberId: flat.member('Ben') })).toMatchObject({
		balances: [{ currency: 'EUR', amount: -1000 }]
	});
	expect(await membersNow()).toMatchObject({ Ben: 'removed' });
	expect(await flat.balances()).toEqual(before);
	expect(await flat.lastChange()).toMatchObject({ kind: 'member_removed', summary: { name: 'Ben' } });
	const balances = await ana.api.groups.balances.query({ groupId });
	expect(balances.members.map(({ name }) => name)).toContain('Ben');
	for (const call of [
		() => ben.api.groups.get.query({ groupId }),
		() => ben.api.groups.balances.query({ groupId }),
		() => ben.api.members.add.mutate({ groupId, name: 'Finn' }),
		() => ben.api.members.leave.mutate({ groupId }),
		() => ben.api.invites.list.query({ groupId }),
		() => ana.api.members.remove.mutate({ groupId, memberId: flat.member('Ben') })
	]) {
		expect(await refusal(call())).toMatchObject(notFound);
	}
	expect((await ben.api.groups.list.query()).map(({ id }) => id)).not.toContain(groupId);
});

test('a call that waited while its member was removed is refused like one that came later', async () => {
	const work = [
		ana.api.members.remove.mutate({ groupId, memberId: flat.member('Ben') }),
		...Array.from({ length: 8 }, (_, n) => ben.api.members.add.mutate({ groupId, name: `Late ${n}` }))
	];
	const [removed, ...added] = await Promise.allSettled(work);
	expect(removed!.status).toBe('fulfilled');
	const log = await db.activity.findMany({ where: { groupId }, orderBy: { revision: 'asc' } });
	const end = log.findIndex(({ kind }) => kind === 'member_removed');
	const after = log.slice(end).filter(({ actorId }) => actorId === flat.member('Ben'));
	expect(after).toEqual([]);
	const kept = added.filter(({ status }) => status === 'fulfilled').length;
	expect(await db.member.count({ where: { groupId, name: { startsWith: 'Late' } } })).toBe(kept);
});

test('removing ends the links that the removed person may know; leaving does not', async () => {
	const { code } = await ben.api.invites.create.mutate({ groupId });
	await dora.api.members.leave.mutate({ groupId });
	expect(await ana.api.invites.list.query({ groupId })).toHaveLength(1);
	const { revoked } = await ana.api.members.remove.mutate({ groupId, memberId: flat.member('Ben') });
	expect(revoked).toBe(1);
	expect(await refusal(ben.api.invites.accept.mutate({ code }))).toMatchObject({ reason: 'invite_invalid' });
	expect(await refusal(eve.api.invites.accept.mutate({ code }))).toMatchObject({ reason: 'invite_invalid' });
});

test('whoever left or was removed comes back by a new link, as a member, with what they owe', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 4000 }));
	await ana.api.members.setRole.mutate({ groupId, memberId: flat.member('Ben'), role: 'owner' });
	expect(await ben.api.members.leave.mutate({ groupId })).toEqual({
		balances: [{ currency: 'EUR', amount: -1000 }]
	});
	const { code } = await ana.api.invites.create.mutate({ groupId });
	expect(await ben.api.invites.accept.mutate({ code })).toEqual({ groupId, memberId: flat.member('Ben') });
	expect(await membersNow()).toEqual({ Ana: 'owner', Ben: 'member', Dora: 'member', Cleo: 'guest' });
	expect(await flat.balances()).toContainEqual({
		memberId: flat.member('Ben'),
		currency: 'EUR',
		amount: -1000
	});
});

test('only owners remove and give roles, and only members of this group', async () => {
	const foreign = (await makeGroup(app, [eve])).member('Eve');
	for (const call of [
		() => ben.api.members.remove.mutate({ groupId, memberId: flat.member('Dora') }),
		() => ben.api.members.remove.mutate({ groupId, memberId: flat.member('Cleo') }),
		() => ben.api.members.setRole.mutate({ groupId, memberId: flat.member('Ben'), role: 'owner' })
	]) {
		expect(await refusal(call())).toMatchObject(ownerOnly);
	}
	for (const memberId of [foreign, v7()]) {
		for (const call of [
			() => ana.api.members.remove.mutate({ groupId, memberId }),
			() => ana.api.members.rename.mutate({ groupId, memberId, name: 'Mine' }),
			() => ana.api.members.setRole.mutate({ groupId, memberId, role: 'owner' }),
			() => ana.api.invites.create.mutate({ groupId, memberId })
		]) {
			expect(await refusal(call())).toMatchObject(notFound);
		}
	}
	expect(await flat.revision()).toBe(1);
	expect(await db.member.findUnique({ where: { id: foreign } })).toMatchObject({
		role: 'owner',
		name: 'Eve'
	});
});

test('ownership is shared, handed over and given back; a name without an account cannot have it', async () => {
	const set = (who: typeof ana, name: string, role: 'owner' | 'member', transfer = false) =>
		who.api.members.setRole.mutate({ groupId, memberId: flat.member(name), role, transfer });
	expect(await refusal(set(ana, 'Cleo', 'owner'))).toMatchObject({ code: 'CONFLICT', reason: 'no_account' });
	await set(ana, 'Ben', 'owner');
	expect(await membersNow()).toMatchObject({ Ana: 'owner', Ben: 'owner' });
	await set(ben, 'Ana', 'member');
	expect(await refusal(set(ana, 'Ana', 'owner'))).toMatchObject(ownerOnly);
	const before = await flat.revision();
	await set(ben, 'Dora', 'owner', true);
	expect(await membersNow()).toMatchObject({ Ana: 'member', Ben: 'member', Dora: 'owner' });
	expect(await flat.revision()).toBe(before + 1);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'owner_changed',
		changes: { role: ['member', 'owner'], owner: ['Ben', 'Dora'] }
	});
});

test('the last owner cannot leave, be removed or step down', async () => {
	const memberId = flat.member('Ana');
	for (const call of [
		() => ana.api.members.leave.mutate({ groupId }),
		() => ana.api.members.remove.mutate({ groupId, memberId }),
		() => ana.api.members.setRole.mutate({ groupId, memberId, role: 'member' })
	]) {
		expect(await refusal(call())).toMatchObject(lastOwner);
	}
	expect(await membersNow()).toMatchObject({ Ana: 'owner' });
});

test('when all owners go at the same time, one stays', async () => {
	for (let round = 0; round < 5; round++) {
		flat = await makeGroup(app, [ana, ben, dora]);
		groupId = flat.id;
		for (const name of ['Ben', 'Dora']) {
			await ana.api.members.setRole.mutate({ groupId, memberId: flat.member(name), role: 'owner' });
		}
		const leaving = await Promise.allSettled([
			ana.api.members.leave.mutate({ groupId }),
			ben.api.members.setRole.mutate({ groupId, memberId: flat.member('Ben'), role: 'member' }),
			dora.api.members.leave.mutate({ groupId }),
			ben.api.members.remove.mutate({ groupId, memberId: flat.member('Ana') })
		]);
		expect(leaving.some(({ status }) => status === 'fulfilled')).toBe(true);
		const owners = await db.member.count({ where: { groupId, role: 'owner', removedAt: null } });
		expect(owners).toBeGreaterThanOrEqual(1);
	}
});

const taken = { code: 'CONFLICT', reason: 'name_taken' };

test('nobody is called like somebody else in the group, however it is written', async () => {
	for (const name of ['Ben', ' ben', 'BEN ', 'Ｂｅｎ']) {
		expect(await refusal(dora.api.members.add.mutate({ groupId, name }))).toMatchObject({
			...taken,
			params: { name: 'Ben' },
			message: 'Somebody in this group is called “Ben” already. Choose another name.'
		});
	}
	const rename = (of: string, name: string) =>
		ana.api.members.rename.mutate({ groupId, memberId: flat.member(of), name });
	expect(await refusal(rename('Cleo', 'dora'))).toMatchObject(taken);
	expect(await flat.revision()).toBe(1);
	await rename('Cleo', 'CLEO'); // her own, written otherwise
	// A name is free again when nobody in the group has it any more.
	await dora.api.members.leave.mutate({ groupId });
	await ana.api.members.add.mutate({ groupId, name: 'Dora' });
	const twenty = await Promise.allSettled(
		Array.from({ length: 20 }, () => ben.api.members.add.mutate({ groupId, name: 'Finn' }))
	);
	expect(twenty.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('who joins, or comes back, and is called like somebody there gets a number behind the name', async () => {
	const { code } = await ana.api.invites.create.mutate({ groupId });
	const others = await Promise.all(Array.from({ length: 5 }, () => quits.meet('Ana')));
	await Promise.all(others.map(({ api }) => api.invites.accept.mutate({ code })));
	expect(
		Object.keys(await membersNow())
			.slice(4)
			.sort()
	).toEqual([2, 3, 4, 5, 6].map((n) => `Ana ${n}`));
	await ben.api.members.leave.mutate({ groupId });
	await ana.api.members.add.mutate({ groupId, name: 'ben' });
	await ben.api.invites.accept.mutate({ code });
	expect(await membersNow()).toMatchObject({ 'Ben 2': 'member', ben: 'guest' });
	expect(await flat.lastChange()).toMatchObject({ kind: 'member_joined', summary: { name: 'Ben 2' } });
	// The name of a guest who is claimed stays the group's.
	const cleo = await quits.meet('Ana');
	await cleo.api.members.claim.mutate({ code, memberId: flat.member('Cleo') });
	expect(await membersNow()).toMatchObject({ Cleo: 'member' });
});
