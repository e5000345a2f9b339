import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import { simplify } from '#lib/groups/debts.ts';
import { maxExpense } from '#lib/groups/limits.ts';
import { maxMinor } from '#lib/money.ts';
import { refusal, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type TestGroup } from '../support/group.ts';

const quits = await startTestApp();
const { db } = quits.app;

const ana = await quits.meet('Ana');
const ben = await quits.meet('Ben');
const dora = await quits.meet('Dora');
const eve = await quits.meet('Eve');
let flat: TestGroup;
let groupId: string;
beforeEach(async () => {
	flat = await makeGroup(quits.app, [ana, ben, dora], { guests: ['Cleo'] });
	groupId = flat.id;
});

const among = (...names: string[]) => ({
	mode: 'equal' as const,
	members: names.map((name) => ({ memberId: flat.member(name) }))
});
/** Something that one paid for some, in euros and split alike. */
const spend = (
	payer: string,
	amount: number,
	names: string[],
	more: { id?: string; currency?: string } = {}
) =>
	ana.api.expenses.create.mutate(
		flat.expense({
			amount,
			payers: [{ memberId: flat.member(payer), amount }],
			split: among(...names),
			...more
		})
	);
const balancesNow = (api: Api = ana.api) => api.groups.balances.query({ groupId });
const named = ({ members }: Awaited<ReturnType<typeof balancesNow>>) =>
	Object.fromEntries(members.map(({ name, balances }) => [name, balances]));
const debtsNow = async () =>
	(await balancesNow()).debts.map(({ from, to, currency, amount }) => [
		nameOf(from),
		nameOf(to),
		currency,
		amount
	]);
const nameOf = (memberId: string): string | undefined =>
	['Ana', 'Ben', 'Cleo', 'Dora'].find((name) => flat.member(name) === memberId);

test('whoever makes a group owns it and is alone in it; sent again, and twenty times at once, it is made once', async () => {
	const wanted = { id: v7(), name: 'Lake trip', currency: 'CHF' };
	const answers = await Promise.all(Array.from({ length: 20 }, () => ben.api.groups.create.mutate(wanted)));
	const [made] = answers;
	expect(made).toMatchObject({
		...wanted,
		simplify: true,
		revision: 1,
		archived: false,
		me: { role: 'owner' },
		members: [{ name: 'Ben', role: 'owner', hasAccount: true, removed: false, odd: 0 }]
	});
	for (const answer of answers) expect(answer).toEqual(made);
	expect(await db.activity.count({ where: { groupId: wanted.id } })).toBe(1);
	expect(await refusal(eve.api.groups.create.mutate(wanted))).toMatchObject({
		code: 'CONFLICT',
		reason: 'id_taken'
	});
	expect(await refusal(ben.api.groups.create.mutate({ name: ' ', currency: 'XXY' }))).toMatchObject({
		code: 'INVALID',
		fields: { name: 'required', currency: 'currency' }
	});
});

test('a group is listed for its members only, the one with the latest news first, each with its own balance', async () => {
	const other = await ana.api.groups.create.mutate({ name: 'Other', currency: 'USD' });
	const first = (await ana.api.groups.list.query())[0];
	expect(first).toMatchObject({ id: other.id, members: 1, balances: [], archived: false });
	await spend('Ana', 3000, ['Ana', 'Ben', 'Cleo']);
	await spend('Ben', 1000, ['Ana', 'Ben'], { currency: 'GBP' });
	const [now, next] = await ana.api.groups.list.query();
	expect(next!.id).toBe(other.id);
	expect(now).toMatchObject({
		id: groupId,
		name: 'The flat',
		members: 4,
		memberId: flat.member('Ana'),
		balances: [
			{ currency: 'EUR', amount: 2000 },
			{ currency: 'GBP', amount: -500 }
		]
	});
	expect((await ben.api.groups.list.query())[0]).toMatchObject({
		id: groupId,
		balances: [
			{ currency: 'EUR', amount: -1000 },
			{ currency: 'GBP', amount: 500 }
		]
	});
	expect((await eve.api.groups.list.query()).map(({ id }) => id)).not.toContain(groupId);
});

test('nobody but members gets anything of a group by its id, and it looks as if there were none', async () => {
	await spend('Ana', 3000, ['Ana', 'Ben']);
	const debt = { from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR' };
	const calls = (api: Api, id: string) => [
		() => api.groups.get.query({ groupId: id }),
		() => api.groups.balances.query({ groupId: id }),
		() => api.groups.explain.query({ groupId: id, ...debt }),
		() => api.groups.activity.query({ groupId: id }),
		() => api.groups.update.mutate({ groupId: id, name: 'Mine' }),
		() => api.groups.archive.mutate({ groupId: id, archived: true })
	];
	for (const call of calls(ana.api, groupId).slice(0, 4)) expect(await call()).toBeTruthy();
	const before = await flat.revision();
	const nowhere = calls(eve.api, v7());
	for (const [at, call] of calls(eve.api, groupId).entries()) {
		const refused = await refusal(call());
		expect(refused).toMatchObject({ code: 'NOT_FOUND', reason: 'not_found' });
		expect(refused).toEqual(await refusal(nowhere[at]!()));
	}
	expect(await flat.revision()).toBe(before);
});

test('an owner changes what the group is called and how it counts; the log says from what to what', async () => {
	const changed = await ana.api.groups.update.mutate({
		groupId,
		name: 'The house',
		currency: 'EUR',
		simplify: false
	});
	expect(changed).toMatchObject({ name: 'The house', simplify: false, currency: 'EUR', revision: 2 });
	expect(await flat.lastChange()).toMatchObject({
		kind: 'group_updated',
		actorId: flat.member('Ana'),
		summary: { title: 'The house' },
		changes: { name: ['The flat', 'The house'], simplify: [true, false] }
	});
	const again = await ana.api.groups.update.mutate({ groupId, name: 'The house' });
	expect(again.revision).toBe(2);
	for (const call of [
		() => ben.api.groups.update.mutate({ groupId, name: 'Bens' }),
		() => ben.api.groups.archive.mutate({ groupId, archived: true })
	]) {
		expect(await refusal(call())).toMatchObject({ code: 'FORBIDDEN', reason: 'owner_only' });
	}
	expect(await flat.revision()).toBe(2);
});

test('an archived group can be read and left, its links revoked; nothing else in it changes until it is taken out', async () => {
	const { id: link } = await ben.api.invites.create.mutate({ groupId });
	await spend('Ana', 3000, ['Ana', 'Ben']);
	expect(await ana.api.groups.archive.mutate({ groupId, archived: true })).toMatchObject({
		archived: true,
		revision: 4
	});
	expect(await ana.api.groups.archive.mutate({ groupId, archived: true })).toMatchObject({ revision: 4 });
	expect(await balancesNow(ben.api)).toMatchObject({ revision: 4, debts: [{ amount: 1500 }] });
	expect((await ben.api.groups.list.query())[0]).toMatchObject({ id: groupId, archived: true });
	const archived = { code: 'CONFLICT', reason: 'group_archived' };
	for (const call of [
		() => ana.api.groups.update.mutate({ groupId, name: 'Other' }),
		() => ana.api.members.add.mutate({ groupId, name: 'Finn' }),
		() => ana.api.invites.create.mutate({ groupId }),
		() => ana.api.members.rename.mutate({ groupId, memberId: flat.member('Ana'), name: 'Anna' }),
		() => ana.api.members.setRole.mutate({ groupId, memberId: flat.member('Ben'), role: 'owner' }),
		() => spend('Ana', 100, ['Ben'])
	]) {
		expect(await refusal(call())).toMatchObject(archived);
	}
	expect(await flat.revision()).toBe(4);
	await ben.api.invites.revoke.mutate({ id: link });
	await dora.api.members.leave.mutate({ groupId });
	await ana.api.members.remove.mutate({ groupId, memberId: flat.member('Cleo') });
	expect((await ana.api.groups.list.query()).find(({ id }) => id === groupId)).toMatchObject({
		archived: true,
		members: 2
	});
	expect(await ana.api.groups.archive.mutate({ groupId, archived: false })).toMatchObject({
		archived: false
	});
	expect(await flat.lastChange()).toMatchObject({ kind: 'group_restored' });
	await spend('Ana', 100, ['Ben']);
});

test('balances are what people paid less their shares and what has gone since, by currency; disputed money does not count', async () => {
	await spend('Ana', 3000, ['Ana', 'Ben', 'Cleo']);
	await spend('Ben', 600, ['Ben', 'Dora'], { currency: 'GBP' });
	expect(named(await balancesNow())).toEqual({
		Ana: [{ currency: 'EUR', amount: 2000 }],
		Ben: [
			{ currency: 'EUR', amount: -1000 },
			{ currency: 'GBP', amount: 300 }
		],
		Cleo: [{ currency: 'EUR', amount: -1000 }],
		Dora: [{ currency: 'GBP', amount: -300 }]
	});
	const { id } = await ben.api.settlements.create.mutate({
		groupId,
		from: flat.member('Ben'),
		to: flat.member('Ana'),
		currency: 'EUR',
		amount: 400
	});
	const paid = await balancesNow();
	expect(paid.revision).toBe(await flat.revision());
	expect(named(paid)).toMatchObject({
		Ana: [{ currency: 'EUR', amount: 1600 }],
		Ben: [{ currency: 'EUR', amount: -600 }, { currency: 'GBP' }]
	});
	expect(await debtsNow()).toEqual([
		['Cleo', 'Ana', 'EUR', 1000],
		['Ben', 'Ana', 'EUR', 600],
		['Dora', 'Ben', 'GBP', 300]
	]);
	await ana.api.settlements.dispute.mutate({ id });
	expect(named(await balancesNow())).toMatchObject({ Ana: [{ currency: 'EUR', amount: 2000 }] });
});

test('with simplifying off, each owes whom they owe; both ways come to the same balances', async () => {
	await spend('Ana', 1000, ['Ben']);
	await spend('Ben', 1000, ['Dora']);
	await spend('Dora', 400, ['Ana', 'Cleo']);
	expect(await debtsNow()).toEqual([
		['Dora', 'Ana', 'EUR', 600],
		['Cleo', 'Ana', 'EUR', 200]
	]);
	await ana.api.groups.update.mutate({ groupId, simplify: false });
	expect((await debtsNow()).sort()).toEqual(
		[
			['Ben', 'Ana', 'EUR', 1000],
			['Ana', 'Dora', 'EUR', 200],
			['Cleo', 'Dora', 'EUR', 200],
			['Dora', 'Ben', 'EUR', 1000]
		].sort()
	);
	await ben.api.settlements.create.mutate({
		groupId,
		from: flat.member('Ben'),
		to: flat.member('Ana'),
		currency: 'EUR',
		amount: 1200
	});
	expect(await debtsNow()).toContainEqual(['Ana', 'Ben', 'EUR', 200]);
	const { debts, members } = await balancesNow();
	for (const { memberId, balances } of members) {
		const owed = debts.filter((d) => d.to === memberId).reduce((sum, { amount }) => sum + amount, 0);
		const owes = debts.filter((d) => d.from === memberId).reduce((sum, { amount }) => sum + amount, 0);
		expect(balances[0]?.amount ?? 0).toBe(owed - owes);
	}
});

test('several payers and a refund: each owes each what evens out that expense', async () => {
	await ana.api.groups.update.mutate({ groupId, simplify: false });
	const { shares } = await ana.api.expenses.create.mutate(
		flat.expense({
			amount: 4000,
			payers: [
				{ memberId: flat.member('Ana'), amount: 3000 },
				{ memberId: flat.member('Ben'), amount: 1000 }
			],
			split: among('Ana', 'Ben', 'Cleo', 'Dora')
		})
	);
	expect(shares.map(({ amount }) => amount)).toEqual([1000, 1000, 1000, 1000]);
	expect((await debtsNow()).sort()).toEqual([
		['Cleo', 'Ana', 'EUR', 1000],
		['Dora', 'Ana', 'EUR', 1000]
	]);
	await spend('Ana', -2000, ['Ana', 'Cleo']);
	expect((await debtsNow()).sort()).toEqual([['Dora', 'Ana', 'EUR', 1000]]);
});

test('what is remembered never outlives a change, however many read while it is made', async () => {
	const work = Array.from({ length: 12 }, async (_, n) => {
		await spend('Ana', 1000 + n, ['Ben', 'Dora']);
		return Promise.all([balancesNow(), balancesNow(ben.api), ana.api.groups.get.query({ groupId })]);
	});
	const answers = (await Promise.all(work)).flat();
	expect(answers).toHaveLength(36);
	const last = await balancesNow();
	expect(last.revision).toBe(await flat.revision());
	const fromRows = await flat.balances();
	expect(last.members.flatMap(({ memberId, balances }) => balances.map((b) => ({ memberId, ...b })))).toEqual(
		fromRows.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))
	);
	// Each answer adds up, whichever state it is of; the same revision always says the same.
	const seen = new Map<number, string>();
	for (const answer of answers) {
		if (!('debts' in answer)) continue;
		expect(answer.members.flatMap(({ balances }) => balances).reduce((sum, b) => sum + b.amount, 0)).toBe(0);
		const text = JSON.stringify(answer.members);
		expect(seen.get(answer.revision) ?? text).toBe(text);
		seen.set(answer.revision, text);
	}
});

test('a debt is explained by the expenses and payments of both, the debts before simplifying, and the way between', async () => {
	const dinner = await spend('Ana', 1000, ['Ben']);
	const taxi = await spend('Ben', 900, ['Dora']);
	const removed = await spend('Ana', 5000, ['Dora']);
	await ana.api.expenses.remove.mutate({ id: removed.id, version: removed.version });
	const paid = await dora.api.settlements.create.mutate({
		groupId,
		from: flat.member('Dora'),
		to: flat.member('Ben'),
		currency: 'EUR',
		amount: 100
	});
	expect(await debtsNow()).toEqual([
		['Dora', 'Ana', 'EUR', 800],
		['Ben', 'Ana', 'EUR', 200]
	]);
	const [from, to] = [flat.member('Dora'), flat.member('Ana')];
	const ben1 = flat.member('Ben');
	const explained = await ben.api.groups.explain.query({ groupId, from, to, currency: 'EUR' });
	expect(explained).toMatchObject({ revision: await flat.revision(), currency: 'EUR', amount: 800 });
	expect(explained.from).toMatchObject({ memberId: from, sum: -800, earlier: { count: 0, amount: 0 } });
	expect(explained.from.entries).toHaveLength(2);
	expect(explained.from.entries).toContainEqual({
		kind: 'expense',
		id: taxi.id,
		title: 'Dinner',
		date: '2026-03-01',
		amount: -900
	});
	expect(explained.from.entries).toContainEqual(
		expect.objectContaining({ kind: 'settlement', id: paid.id, amount: 100 })
	);
	expect(explained.to).toMatchObject({ memberId: to, sum: 1000, entries: [{ id: dinner.id, amount: 1000 }] });
	expect(explained.pairwise).toHaveLength(2);
	expect(explained.path).toEqual([
		{ from, to: ben1, amount: 800 },
		{ from: ben1, to, amount: 1000 }
	]);
	for (const wrong of [
		{ from: v7(), to },
		{ from, to: (await makeGroup(quits.app, [eve])).member('Eve') }
	]) {
		expect(await refusal(ana.api.groups.explain.query({ groupId, ...wrong, currency: 'EUR' }))).toMatchObject(
			{
				code: 'NOT_FOUND'
			}
		);
	}
});

test('the odd unit goes round, and the group shows to whom it fell how often; deleted expenses do not count', async () => {
	const names = ['Ana', 'Ben', 'Cleo'];
	const made = [];
	for (let n = 0; n < 9; n++) made.push(await spend('Dora', 1000, names));
	const oddNow = async () => {
		const { members } = await ana.api.groups.get.query({ groupId });
		return Object.fromEntries(members.map(({ name, odd }) => [name, odd]));
	};
	const stored = (memberId: string) =>
		db.expensePart.count({ where: { groupId, memberId, odd: true, expense: { deletedAt: null } } });
	const odd = await oddNow();
	expect(Object.values(odd).reduce((sum, n) => sum + n, 0)).toBe(9);
	for (const name of names) expect(odd[name]).toBe(await stored(flat.member(name)));
	const [first] = made;
	await ana.api.expenses.remove.mutate({ id: first!.id, version: first!.version });
	expect(Object.values(await oddNow()).reduce((sum, n) => sum + n, 0)).toBe(8);
	await ana.api.expenses.restore.mutate({ id: first!.id });
	expect(await oddNow()).toEqual(odd);
});

test('the log tells who did what, newest first, page by page, by the name they have now', async () => {
	await spend('Ana', 100, ['Ben']);
	await ben.api.members.add.mutate({ groupId, name: 'Finn' });
	await ben.api.members.rename.mutate({ groupId, memberId: flat.member('Ben'), name: 'Benny' });
	const { items, nextCursor } = await dora.api.groups.activity.query({ groupId, limit: 3 });
	expect(items.map(({ revision, kind, actor }) => [revision, kind, actor.name])).toEqual([
		[4, 'member_renamed', 'Benny'],
		[3, 'member_added', 'Benny'],
		[2, 'expense_added', 'Ana']
	]);
	expect(items[0]).toMatchObject({ changes: { name: ['Ben', 'Benny'] }, subjectId: flat.member('Ben') });
	expect(items[1]).toMatchObject({ changes: null, summary: { name: 'Finn' } });
	const rest = await dora.api.groups.activity.query({ groupId, limit: 3, cursor: nextCursor! });
	expect(rest).toMatchObject({ items: [{ revision: 1, kind: 'group_created' }], nextCursor: null });
});

test('a hundred random expenses and payments: balances sum to zero, and the debts of both kinds pay them off', async () => {
	const names = ['Ana', 'Ben', 'Cleo', 'Dora'];
	// A small generator of its own, so that a failure can be run again.
	let state = 20_261_125;
	const random = (below: number): number => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return state % below;
	};
	for (let n = 0; n < 100; n++) {
		const payer = names[random(4)]!;
		const currency = ['EUR', 'JPY'][random(2)]!;
		if (random(4) === 0) {
			const to = names.filter((name) => name !== payer)[random(3)]!;
			const amount = 1 + random(5000);
			const transfer = { from: flat.member(payer), to: flat.member(to), currency, amount };
			await ana.api.settlements.create.mutate({ groupId, ...transfer });
		} else {
			const some = names.filter(() => random(3) > 0);
			await spend(payer, 1 + random(100_000), some.length > 0 ? some : [payer], { currency });
		}
	}
	const simplified = await balancesNow();
	await ana.api.groups.update.mutate({ groupId, simplify: false });
	const pairwise = await balancesNow();
	expect(pairwise.members).toEqual(simplified.members);
	for (const currency of ['EUR', 'JPY']) {
		const left = new Map(
			simplified.members.map(({ memberId, balances }) => [
				memberId,
				balances.find((b) => b.currency === currency)?.amount ?? 0
			])
		);
		expect([...left.values()].reduce((a, b) => a + b, 0)).toBe(0);
		expect([...left.values()].some((amount) => amount !== 0)).toBe(true);
		expect(simplified.debts.filter((d) => d.currency === currency)).toEqual(
			simplify([...left].map(([memberId, amount]) => ({ memberId, amount }))).map((t) => ({ ...t, currency }))
		);
		for (const { from, to, amount } of pairwise.debts.filter((d) => d.currency === currency)) {
			left.set(from, left.get(from)! + amount);
			left.set(to, left.get(to)! - amount);
		}
		expect([...left.values()]).toEqual(names.map(() => 0));
	}
});

test('balances stay what a number holds exactly: what would take one further is refused, and nothing of it kept', async () => {
	const most = Math.floor(maxMinor / maxExpense);
	const tooLarge = { code: 'INVALID', reason: 'balance_too_large' };
	// Nobody would wait for so many to be sent one by one.
	await db.$executeRaw`
		INSERT INTO "Settlement" ("id", "groupId", "fromId", "toId", "currency", "amount", "date", "createdById")
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most - 1})
		SELECT ${groupId} || i, ${groupId}, ${flat.member('Ana')}, ${flat.member('Ben')}, 'EUR',
			CAST(${BigInt(maxExpense)} AS BIGINT), '2026-03-01', ${flat.member('Ana')} FROM n`;
	await spend('Ana', maxExpense, ['Ben']);
	const full = most * maxExpense;
	const balancesAre = async (amount: number) => {
		const now = await balancesNow();
		expect(named(now)).toMatchObject({
			Ana: [{ currency: 'EUR', amount }],
			Ben: [{ currency: 'EUR', amount: -amount }]
		});
		expect(now.debts).toMatchObject([{ from: flat.member('Ben'), to: flat.member('Ana'), amount }]);
		expect((await ana.api.groups.list.query())[0]).toMatchObject({
			balances: [{ currency: 'EUR', amount }]
		});
	};
	await balancesAre(full);
	const revision = await flat.revision();
	const [heading, row] = ['Date,Description,Category,Cost,Currency,Ana,Ben', '2026-03-01,Castle,General'];
	const castle = `${heading}\n${row},1000000000.00,EUR,1000000000.00,-1000000000.00`;
	for (const call of [
		() => spend('Ana', maxExpense, ['Ben']),
		() =>
			ana.api.settlements.create.mutate({
				...{ groupId, from: flat.member('Ana'), to: flat.member('Ben'), currency: 'EUR', amount: maxExpense }
			}),
		() => ana.api.expenses.import.mutate({ groupId, text: castle })
	]) {
		expect(await refusal(call())).toMatchObject(tooLarge);
	}
	expect(await flat.revision()).toBe(revision);
	await balancesAre(full);
	// Up to the last unit, and back: what makes it smaller is always taken.
	await spend('Ana', maxMinor - full, ['Ben']);
	expect(await refusal(spend('Ana', 1, ['Ben']))).toMatchObject(tooLarge);
	await balancesAre(maxMinor);
	const [from, to] = [flat.member('Ben'), flat.member('Ana')];
	const explained = await ana.api.groups.explain.query({ groupId, from, to, currency: 'EUR' });
	expect([explained.from.sum, explained.to.sum]).toEqual([-maxMinor, maxMinor]);
	expect(explained.to.earlier.amount + explained.to.entries.reduce((sum, e) => sum + e.amount, 0)).toBe(
		maxMinor
	);
	await ana.api.groups.update.mutate({ groupId, simplify: false });
	await balancesAre(maxMinor);
	await spend('Ben', 1, ['Ana']);
	await balancesAre(maxMinor - 1);
	// In another currency they count by themselves.
	await spend('Ana', maxExpense, ['Ben'], { currency: 'USD' });
});
