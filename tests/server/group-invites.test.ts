import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import type { App } from '#server/app.ts';
import { keepHouse } from '#server/housekeeping.ts';
import { makeLimits } from '#server/limits/limit.ts';
import { apiOf, refusal, registered } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';
import { startSmtpServer } from '../support/mailbox.ts';

const smtp = await startSmtpServer();
const quits = await startTestApp({ env: { PUBLIC_URL: 'https://quits.example.org' } });
const { app } = quits;
const { db } = app;

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const eve = await quits.meet('Eve');
const visitor = apiOf(app);
let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(app, [ana, ben], { guests: ['Cleo', 'Finn'] });
	groupId = flat.id;
});

const invite = (guest?: string, api = ana.api) =>
	api.invites.create.mutate({ groupId, ...(guest && { memberId: flat.member(guest) }) });
const invalid = { code: 'FORBIDDEN', reason: 'invite_invalid' };
/** The same Quits with other settings. */
const appWith = (config: Partial<App['config']>, rest: Partial<App> = {}): App => ({
	...app,
	...rest,
	config: { ...app.config, ...config }
});

test('any member makes a link that works for two weeks, and sees it again with its code', async () => {
	const made = await invite(undefined, ben.api);
	expect(made.url).toBe(`https://quits.example.org/join#${made.code}`);
	expect(made.code).toMatch(/^[\w-]{43}$/);
	const days = (Date.parse(made.expiresAt) - Date.parse(made.createdAt)) / 86_400_000;
	expect(days).toBe(14);
	expect(made).toMatchObject({ memberId: null, createdById: flat.member('Ben') });
	expect(await ana.api.invites.list.query({ groupId })).toEqual([made]);
	expect(await flat.lastChange()).toMatchObject({ kind: 'invite_created' });
	const rows = JSON.stringify([
		await db.groupInvite.findMany({ where: { groupId } }),
		await db.activity.findMany({ where: { groupId } })
	]);
	expect(rows).toContain(made.id);
	expect(rows).not.toContain(made.code);
	expect(JSON.stringify(quits.log)).not.toContain(made.code);
});

test('sent again with its id, and twenty times at once, a link is made once', async () => {
	const wanted = { groupId, id: v7() };
	const answers = await Promise.all(Array.from({ length: 20 }, () => ana.api.invites.create.mutate(wanted)));
	for (const answer of answers) expect(answer).toEqual(answers[0]);
	expect(await flat.revision()).toBe(2);
	const other = await makeGroup(app, [eve]);
	expect(await refusal(eve.api.invites.create.mutate({ ...wanted, groupId: other.id }))).toMatchObject({
		reason: 'id_taken'
	});
	// Nor does anybody get another one's link for their own.
	expect(await refusal(ben.api.invites.create.mutate(wanted))).toMatchObject({ reason: 'id_taken' });
	const mailed = { ...wanted, email: 'finn@example.org' };
	expect(await refusal(ben.api.members.add.mutate(mailed))).toMatchObject({ reason: 'id_taken' });
});

test('who holds a link learns the group, who invites and which names are free, and nothing else', async () => {
	const { code } = await invite();
	const guests = ['Cleo', 'Finn'].map((name) => ({ memberId: flat.member(name), name }));
	expect(await visitor.invites.peek.mutate({ code })).toEqual({
		group: { name: 'The flat' },
		invitedBy: 'Ana',
		claimable: guests,
		forOne: false
	});
	const forFinn = await invite('Finn', ben.api);
	expect(await visitor.invites.peek.mutate({ code: ` ${forFinn.code}\n` })).toEqual({
		group: { name: 'The flat' },
		invitedBy: 'Ben',
		claimable: [guests[1]],
		forOne: true
	});
	for (const wrong of ['', 'guess', `${code}x`, groupId]) {
		expect(await refusal(visitor.invites.peek.mutate({ code: wrong }))).toMatchObject(invalid);
	}
});

test('many join by one link, each once however often they open it', async () => {
	const { code } = await invite();
	const [first, second] = [
		await eve.api.invites.accept.mutate({ code }),
		await eve.api.invites.accept.mutate({ code })
	];
	expect(second).toEqual(first);
	expect(await flat.lastChange()).toMatchObject({
		kind: 'member_joined',
		actorId: first.memberId,
		summary: { name: 'Eve' }
	});
	const revision = await flat.revision();
	expect(await ana.api.invites.accept.mutate({ code })).toEqual({ groupId, memberId: flat.member('Ana') });
	expect(await flat.revision()).toBe(revision);
	const finn = await quits.meet('Finn');
	const twenty = await Promise.all(
		Array.from({ length: 20 }, () => finn.api.invites.accept.mutate({ code }))
	);
	expect(new Set(twenty.map(({ memberId }) => memberId)).size).toBe(1);
	expect(await flat.revision()).toBe(revision + 1);
	expect(await finn.api.groups.get.query({ groupId })).toMatchObject({ me: { role: 'member' } });
});

test('a name is claimed with its history: the same member, now with an account', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 4000 }));
	const before = await flat.balances();
	const { code } = await invite('Cleo');
	const claimed = await eve.api.invites.accept.mutate({ code });
	expect(claimed).toEqual({ groupId, memberId: flat.member('Cleo') });
	expect(await flat.balances()).toEqual(before);
	const { members, me } = await eve.api.groups.get.query({ groupId });
	expect(me).toEqual({ memberId: claimed.memberId, role: 'member' });
	expect(members.find(({ memberId }) => memberId === claimed.memberId)).toMatchObject({
		name: 'Cleo',
		hasAccount: true
	});
	expect(await flat.lastChange()).toMatchObject({ kind: 'member_claimed', actorId: claimed.memberId });
	// Opened once more it changes nothing, and lets nobody else in.
	const revision = await flat.revision();
	expect(await eve.api.invites.accept.mutate({ code })).toEqual(claimed);
	expect(await eve.api.members.claim.mutate({ code, memberId: claimed.memberId })).toEqual(claimed);
	const other = await quits.meet('Other');
	expect(await refusal(other.api.invites.accept.mutate({ code }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'name_claimed'
	});
	expect(await flat.revision()).toBe(revision);
	expect(await ana.api.invites.list.query({ groupId })).toEqual([]);
	expect(await visitor.invites.peek.mutate({ code })).toMatchObject({ claimable: [], forOne: true });
	expect(await refusal(invite('Cleo'))).toMatchObject({ code: 'CONFLICT', reason: 'name_claimed' });
});

test('of ten people who claim one name at once, one is it; the others hear that it is taken', async () => {
	const { code } = await invite();
	const people = await Promise.all(Array.from({ length: 10 }, (_, n) => quits.meet(`Claimer${n}`)));
	const memberId = flat.member('Finn');
	const answers = await Promise.allSettled(
		people.map(({ api }) => api.members.claim.mutate({ code, memberId }))
	);
	expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	for (const answer of answers) {
		if (answer.status === 'rejected')
			expect(await refusal(Promise.reject(answer.reason as Error))).toMatchObject({
				code: 'CONFLICT',
				reason: 'name_claimed'
			});
	}
	const winner = people[answers.findIndex(({ status }) => status === 'fulfilled')]!;
	expect(await db.member.findUnique({ where: { id: memberId } })).toMatchObject({
		userId: winner.id,
		role: 'member'
	});
	expect(await flat.revision()).toBe(3);
});

test('a link for one name gives no other, and no link gives a name of another group or of somebody here', async () => {
	const forCleo = await invite('Cleo');
	const any = await invite();
	const other = await makeGroup(app, [ben], { guests: ['Zoe'] });
	const claim = (code: string, memberId: string) => eve.api.members.claim.mutate({ code, memberId });
	for (const call of [
		() => claim(forCleo.code, flat.member('Finn')),
		() => claim(any.code, other.member('Zoe')),
		() => claim(any.code, v7())
	]) {
		expect(await refusal(call())).toMatchObject({ code: 'NOT_FOUND' });
	}
	expect(await refusal(claim(any.code, flat.member('Ben')))).toMatchObject({ reason: 'name_claimed' });
	expect((await eve.api.groups.list.query()).map(({ id }) => id)).not.toContain(groupId);
	expect(await db.member.count({ where: { userId: eve.id, groupId: { in: [groupId, other.id] } } })).toBe(0);
	// A name that was taken out of the group is nobody's to claim, and its link is gone with it.
	await ana.api.members.remove.mutate({ groupId, memberId: flat.member('Cleo') });
	expect(await refusal(eve.api.invites.accept.mutate({ code: forCleo.code }))).toMatchObject(invalid);
	expect(await refusal(claim(any.code, flat.member('Cleo')))).toMatchObject({ code: 'NOT_FOUND' });
});

test('whoever has a history in the group, owns it or has left it takes no second name', async () => {
	const { code } = await invite();
	const memberId = flat.member('Finn');
	const already = { code: 'CONFLICT', reason: 'already_member' };
	expect(await refusal(ana.api.members.claim.mutate({ code, memberId }))).toMatchObject(already);
	await ana.api.expenses.create.mutate(flat.expense({}));
	expect(await refusal(ben.api.members.claim.mutate({ code, memberId }))).toMatchObject(already);
	await ben.api.members.leave.mutate({ groupId });
	expect(await refusal(ben.api.members.claim.mutate({ code, memberId }))).toMatchObject(already);
	expect(await ben.api.members.claim.mutate({ code, memberId: flat.member('Ben') })).toEqual({
		groupId,
		memberId: flat.member('Ben')
	});
});

test('whoever has joined by mistake under a new name, and done nothing yet, takes over the one that is theirs', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 4000 }));
	const before = await flat.balances();
	const { code } = await invite();
	const joined = await eve.api.invites.accept.mutate({ code });
	await invite(undefined, eve.api);
	const memberId = flat.member('Finn');
	const forNobody = { code, memberId: v7() };
	expect(await refusal(eve.api.members.claim.mutate(forNobody))).toMatchObject({ code: 'NOT_FOUND' });
	expect(await db.member.count({ where: { id: joined.memberId } })).toBe(1);
	expect(await eve.api.members.claim.mutate({ code, memberId })).toEqual({ groupId, memberId });
	expect(await flat.balances()).toEqual(before);
	const { me, members } = await eve.api.groups.get.query({ groupId });
	expect(me.memberId).toBe(memberId);
	expect(members.map((member) => member.memberId)).not.toContain(joined.memberId);
	const { items } = await eve.api.groups.activity.query({ groupId });
	expect(items.map(({ actor }) => actor.memberId)).not.toContain(joined.memberId);
	expect((await ana.api.invites.list.query({ groupId })).map((one) => one.createdById)).toContain(memberId);
	expect(await eve.api.members.claim.mutate({ code, memberId })).toEqual({ groupId, memberId });
});

test('a name that the wrong person took is brought back for the right one, with its history', async () => {
	await ana.api.expenses.create.mutate(flat.expense({ amount: 4000 }));
	const before = await flat.balances();
	const memberId = flat.member('Cleo');
	await eve.api.invites.accept.mutate({ code: (await invite('Cleo')).code });
	const release = (api = ana.api) => api.members.release.mutate({ groupId, memberId });
	expect(await refusal(release())).toMatchObject({ code: 'CONFLICT', reason: 'name_claimed' });
	await ana.api.members.remove.mutate({ groupId, memberId });
	expect(await refusal(invite('Cleo'))).toMatchObject({ code: 'NOT_FOUND' });
	expect(await refusal(release(ben.api))).toMatchObject({ code: 'FORBIDDEN', reason: 'owner_only' });
	await release();
	expect(await flat.lastChange()).toMatchObject({ kind: 'member_released', summary: { name: 'Cleo' } });
	const revision = await flat.revision();
	await release(); // sent again
	expect(await flat.revision()).toBe(revision);
	const right = await quits.meet('Right');
	const claimed = await right.api.invites.accept.mutate({ code: (await invite('Cleo')).code });
	expect(claimed).toEqual({ groupId, memberId });
	expect(await flat.balances()).toEqual(before);
	expect(await refusal(eve.api.groups.get.query({ groupId }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a removed name without an account comes back as who it was, with a number where another has the name', async () => {
	const memberId = flat.member('Finn');
	await ana.api.members.remove.mutate({ groupId, memberId });
	await ana.api.members.add.mutate({ groupId, name: 'Finn' });
	await ana.api.members.release.mutate({ groupId, memberId });
	const { members } = await ana.api.groups.get.query({ groupId });
	expect(members.find((member) => member.memberId === memberId)).toMatchObject({
		...{ name: 'Finn 2', role: 'guest', hasAccount: false, removed: false }
	});
});

test('a link that was revoked, has run out, or leads into an archived group lets nobody in', async () => {
	const [revoked, late, open] = [await invite(), await invite(), await invite()];
	expect(await refusal(eve.api.invites.revoke.mutate({ id: revoked.id }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	await ben.api.invites.revoke.mutate({ id: revoked.id });
	expect(await flat.lastChange()).toMatchObject({ kind: 'invite_revoked', subjectId: revoked.id });
	expect(await refusal(ben.api.invites.revoke.mutate({ id: revoked.id }))).toMatchObject({
		code: 'NOT_FOUND'
	});
	await db.groupInvite.update({ where: { id: late.id }, data: { expiresAt: new Date() } });
	for (const { code } of [revoked, late]) {
		expect(await refusal(eve.api.invites.accept.mutate({ code }))).toMatchObject(invalid);
		expect(await refusal(visitor.invites.peek.mutate({ code }))).toMatchObject(invalid);
	}
	expect((await ana.api.invites.list.query({ groupId })).map(({ id }) => id)).toEqual([open.id]);
	await ana.api.groups.archive.mutate({ groupId, archived: true });
	expect(await refusal(eve.api.invites.accept.mutate({ code: open.code }))).toMatchObject({
		reason: 'group_archived'
	});
	expect(await db.member.count({ where: { groupId, userId: eve.id } })).toBe(0);
	await keepHouse(app, 'tonight');
	expect(await db.groupInvite.findMany({ where: { groupId }, select: { id: true } })).toEqual([
		{ id: open.id }
	]);
});

test('a group has fifty open links at most', async () => {
	const made = await Promise.allSettled(Array.from({ length: 52 }, () => invite()));
	expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
	expect(await refusal(invite())).toMatchObject({ code: 'INVALID', reason: 'too_many_invites' });
});

test('codes are guessed ten times a quarter from one network, whether signed in or not; right ones do not count', async () => {
	const { code } = await invite();
	const limited = appWith({}, { limits: makeLimits({ rateLimits: true }, db) });
	const address = '203.0.113.77';
	const stranger = apiOf(limited, { address });
	const member = apiOf(limited, { address, token: eve.token });
	for (let n = 0; n < 12; n++) await stranger.invites.peek.mutate({ code });
	await member.invites.accept.mutate({ code });
	const guesses = await Promise.all(
		Array.from({ length: 16 }, (_, n) =>
			refusal(
				n % 2 === 0
					? stranger.invites.peek.mutate({ code: `guess ${n}` })
					: member.invites.accept.mutate({ code: `guess ${n}` })
			)
		)
	);
	expect(guesses.filter(({ reason }) => reason === 'invite_invalid')).toHaveLength(10);
	expect(guesses.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(6);
	expect(await refusal(stranger.invites.peek.mutate({ code }))).toMatchObject({ code: 'RATE_LIMITED' });
});

test('where signing up takes an invitation, a link into a group is one, for as many as have it', async () => {
	await db.setup.upsert({ where: { id: 1 }, create: { id: 1, userId: ana.id }, update: {} });
	const withMail = { mail: { ...app.config.mail, smtpUrl: smtp.url, from: 'quits@example.org' } };
	const password = 'nine blue lamps in a row';
	const who = (name: string) => ({ name, email: `${name.toLowerCase()}@new.example.org`, password });
	const inviting = apiOf(appWith({ ...withMail, signup: 'invite' }));
	expect(await refusal(inviting.auth.register.mutate(who('Gil')))).toMatchObject({ reason: 'signup_invite' });

	const { code, id } = await invite();
	const { token } = await registered(inviting.auth.register.mutate({ ...who('Gil'), invite: code }));
	await registered(inviting.auth.register.mutate({ ...who('Hana'), invite: code }));
	const gil = apiOf(app, { token });
	expect(await gil.groups.list.query()).toEqual([]);
	await gil.invites.accept.mutate({ code });
	expect((await gil.groups.list.query()).map((group) => group.id)).toEqual([groupId]);

	const forCleo = await invite('Cleo');
	await registered(inviting.auth.register.mutate({ ...who('Ida'), invite: forCleo.code }));
	await eve.api.invites.accept.mutate({ code: forCleo.code });
	const later = await invite();
	await ana.api.invites.revoke.mutate({ id });
	for (const dead of [code, forCleo.code, 'guess']) {
		expect(await refusal(inviting.auth.register.mutate({ ...who('Jo'), invite: dead }))).toMatchObject(
			invalid
		);
	}
	const closed = apiOf(appWith({ ...withMail, signup: 'closed' }));
	expect(await refusal(closed.auth.register.mutate({ ...who('Jo'), invite: later.code }))).toMatchObject({
		reason: 'signup_closed'
	});

	// Where anybody may sign up, the link spares nobody the mail, and so tells nobody who has an account.
	const open = apiOf(appWith(withMail));
	const mailed = { status: 'verify_email' };
	expect(await open.auth.register.mutate({ ...who('Jo'), invite: later.code })).toEqual(mailed);
	expect(await open.auth.register.mutate({ ...who('Gil'), invite: later.code })).toEqual(mailed);
	await ana.api.groups.archive.mutate({ groupId, archived: true });
	expect(await refusal(inviting.auth.register.mutate({ ...who('Jo'), invite: later.code }))).toMatchObject(
		invalid
	);
});
