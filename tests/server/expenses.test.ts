import { v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import { seedOf } from '#lib/groups/apportion.ts';
import { maxExpense } from '#lib/groups/limits.ts';
import { partsOf } from '#lib/groups/parts.ts';
import { today } from '#lib/i18n.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type NewExpense, type TestGroup } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { importStatement, transactionsOf } from '../support/person.ts';
import { bookings, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { db } = quits.app;

let ana: Person;
let ben: Person;
let flat: TestGroup;
beforeAll(async () => {
	ana = await quits.meet('Ana');
	ben = await quits.meet('Ben');
	flat = await makeGroup(quits.app, [ana, ben], { guests: ['Cleo'] });
});

const people = (...names: string[]) => names.map((name) => ({ memberId: flat.member(name) }));
const sharesOf = async (more: Partial<NewExpense>): Promise<number[]> => {
	const { shares } = await ana.api.expenses.create.mutate(flat.expense(more));
	return ['Ana', 'Ben', 'Cleo'].map(
		(name) => shares.find(({ memberId }) => memberId === flat.member(name))?.amount ?? 0
	);
};

test('every way to split gives the shares it says', async () => {
	const [a, b, c] = ['Ana', 'Ben', 'Cleo'].map(flat.member) as [string, string, string];
	expect(await sharesOf({})).toEqual([1000, 1000, 1000]);
	expect(await sharesOf({ split: { mode: 'equal', members: people('Ana', 'Ben') } })).toEqual([
		1500, 1500, 0
	]);
	const exact = [
		{ memberId: a, amount: 100 },
		{ memberId: b, amount: 2900 }
	];
	expect(await sharesOf({ split: { mode: 'exact', members: exact } })).toEqual([100, 2900, 0]);
	const percent = [
		{ memberId: a, percent: 12.5 },
		{ memberId: c, percent: 87.5 }
	];
	expect(await sharesOf({ split: { mode: 'percent', members: percent } })).toEqual([375, 0, 2625]);
	const shares = [
		{ memberId: a, shares: 0.5 },
		{ memberId: b, shares: 1 }
	];
	expect(await sharesOf({ split: { mode: 'shares', members: shares } })).toEqual([1000, 2000, 0]);
	const adjust = [
		{ memberId: a, amount: 300 },
		{ memberId: b, amount: 0 },
		{ memberId: c, amount: 0 }
	];
	expect(await sharesOf({ split: { mode: 'adjust', members: adjust } })).toEqual([1200, 900, 900]);
	const items = [
		{ name: 'Wine', amount: 1000, memberIds: [a, b] },
		{ name: 'Soup', amount: 1500, memberIds: [c] }
	];
	expect(await sharesOf({ split: { mode: 'items', items, tax: 200, tip: 300 } })).toEqual([600, 600, 1800]);
});

test('the odd unit goes round: thirty dinners of three make ten for each, whatever is removed or changed meanwhile', async () => {
	const trip = await makeGroup(quits.app, [ana], { guests: ['Ben', 'Cleo'] });
	const dinner = () => ana.api.expenses.create.mutate(trip.expense({ amount: 1000 }));
	const view = () => ana.api.groups.get.query({ groupId: trip.id });
	const turns: unknown[] = [];
	for (let n = 0; n < 30; n++) {
		const { nextTurn } = await view();
		const { turn } = await dinner();
		expect(turn).toBe(nextTurn);
		turns.push(turn);
	}
	expect(turns).toEqual(Array.from({ length: 30 }, (_, n) => n));
	expect((await view()).members.map(({ odd }) => odd)).toEqual([10, 10, 10]);
	const { id, version, shares } = await dinner();
	const changed = await ana.api.expenses.update.mutate({ ...trip.expense({ amount: 1300 }), id, version });
	expect(changed.turn).toBe(30);
	expect(changed.shares.map(({ odd }) => odd)).toEqual(shares.map(({ odd }) => odd));
	await ana.api.expenses.remove.mutate({ id });
	expect((await dinner()).turn).toBe(31);
	// Expenses from before turns keep who drew it by lot.
	const old = await dinner();
	await db.expense.update({ where: { id: old.id }, data: { turn: null } });
	const drawn = seedOf({ id: old.id, turn: null });
	const money = { ...old, amount: 1600, payers: [{ ...old.payers[0]!, amount: 1600 }] };
	const worked = partsOf(money, drawn);
	if (!worked.ok) expect.fail(worked.problem.code);
	const again = await ana.api.expenses.update.mutate({
		...trip.expense({ amount: 1600 }),
		id: old.id,
		version: old.version
	});
	for (const { memberId, odd } of again.shares) {
		expect(odd).toBe(worked.parts.find((part) => part.memberId === memberId)!.odd);
	}
});

test('what is off by how much is said in the money and the language of whoever sent it', async () => {
	const off = (more: Partial<NewExpense>, who = ana) =>
		refusal(who.api.expenses.create.mutate(flat.expense(more)));
	const exact = (amount: number) => ({
		split: { mode: 'exact' as const, members: [{ memberId: flat.member('Ana'), amount }] }
	});
	expect(await off(exact(3001))).toMatchObject({
		code: 'INVALID',
		reason: 'split_over',
		params: { amount: '€0.01', over: 1 }
	});
	expect(await off(exact(2000))).toMatchObject({ reason: 'split_missing', params: { amount: '€10.00' } });
	const dora = await quits.meet('Dora', { locale: 'de' });
	const hers = await makeGroup(quits.app, [dora], { currency: 'KWD' });
	const refused = await refusal(
		dora.api.expenses.create.mutate(
			hers.expense({ payers: [{ memberId: hers.member('Dora'), amount: 2999 }] })
		)
	);
	expect(refused).toMatchObject({ reason: 'payers_missing', params: { over: -1 } });
	expect(refused.message).toContain('0,001');
	const payers = [{ memberId: flat.member('Ana'), amount: 3100 }];
	expect(await off({ payers })).toMatchObject({ reason: 'payers_over', params: { amount: '€1.00' } });
	expect(await off({ amount: 0 })).toMatchObject({ reason: 'amount_zero' });
	const percent = [{ memberId: flat.member('Ana'), percent: 99.5 }];
	expect(await off({ split: { mode: 'percent', members: percent } })).toMatchObject({
		reason: 'percent_missing',
		params: { percent: '0.5' }
	});
	const items = [{ name: 'Soup', amount: 2000, memberIds: [flat.member('Ana')] }];
	expect(await off({ split: { mode: 'items', items, tax: 0, tip: 0 } })).toMatchObject({
		reason: 'items_missing'
	});
	const nobody = [{ memberId: flat.member('Ana'), shares: 0 }];
	expect(await off({ split: { mode: 'shares', members: nobody } })).toMatchObject({ reason: 'split_nobody' });
	const twice = people('Ana', 'Ana');
	expect(await off({ split: { mode: 'equal', members: twice } })).toMatchObject({
		reason: 'split_twice',
		params: { name: 'Ana' }
	});
	const both = [
		{ memberId: flat.member('Ana'), amount: 4000 },
		{ memberId: flat.member('Ben'), amount: -1000 }
	];
	expect(await off({ payers: both })).toMatchObject({ reason: 'payer_sign' });
	expect(await off({ categoryId: 'nothing_like_it' })).toMatchObject({ reason: 'unknown_category' });
	for (const bad of [
		{ date: '1969-12-31' },
		{ date: '2100-01-01' },
		{ date: '2026-02-30' },
		{ amount: 1.5 },
		{ amount: 1e14 },
		{ currency: 'EURO' },
		{ description: ' ' },
		{ payers: [] },
		{ conversion: { currency: 'USD', rate: '1,2' } }
	]) {
		expect(await off(bad)).toMatchObject({ code: 'INVALID', reason: 'invalid' });
	}
});

test('the same create sent twenty times at once makes one row, one revision and one answer', async () => {
	const before = await flat.revision();
	const expense = flat.expense({ id: v7(), amount: 1000 });
	const answers = await Promise.all(
		Array.from({ length: 20 }, () => ana.api.expenses.create.mutate(expense))
	);
	const told = new Set(answers.map(({ mine: _mine, ...answer }) => JSON.stringify(answer)));
	expect(told.size).toBe(1);
	expect(await flat.revision()).toBe(before + 1);
	expect(await db.expense.count({ where: { groupId: flat.id, amount: 1000 } })).toBe(1);
	expect(answers[0]!.shares.map(({ amount }) => amount).sort()).toEqual([333, 333, 334]);
	// Somebody else with the same id has another expense in mind.
	expect(await refusal(ben.api.expenses.create.mutate(expense))).toMatchObject({ reason: 'id_taken' });
});

test('what would make a share larger than money can be is refused, and the balances stay', async () => {
	const members = ['Ana', 'Ben'].map((name) => flat.member(name));
	const huge = maxExpense;
	const items = [
		{ name: 'Bought', amount: huge, memberIds: members },
		{ name: 'Given back', amount: -(huge - 1), memberIds: [flat.member('Cleo')] }
	];
	const before = await flat.balances();
	const split = { mode: 'items' as const, items, tax: huge - 1 };
	const call = ana.api.expenses.create.mutate(flat.expense({ amount: huge, split }));
	expect(await refusal(call)).toMatchObject({ code: 'INVALID', reason: 'share_too_large' });
	expect(await flat.balances()).toEqual(before);
});

test('an update that says nothing of the conversion keeps it', async () => {
	const conversion = { currency: 'EUR', rate: '0.9' };
	const made = await ana.api.expenses.create.mutate(flat.expense({ currency: 'USD', conversion }));
	const { id, version, description: _, ...rest } = { ...flat.expense({ currency: 'USD' }), ...made };
	const kept = await ana.api.expenses.update.mutate({
		...rest,
		...{ id, version, description: 'Renamed', categoryId: null, conversion: undefined }
	});
	expect(kept).toMatchObject({ settleCurrency: 'EUR', rate: '0.9', conversion });
});

test('what an expense says of itself can be sent as it is, conversion and all, and changes nothing', async () => {
	const { api } = ana;
	const conversion = { currency: 'JPY', rate: '163.50' };
	const made = await api.expenses.create.mutate(flat.expense({ currency: 'USD', conversion }));
	expect(made.conversion).toEqual(conversion);
	const plain = await api.expenses.create.mutate(flat.expense({ currency: 'USD' }));
	expect(plain.conversion).toBeNull();
	for (const one of [made, plain]) {
		const revision = await flat.revision();
		expect(await api.expenses.update.mutate(one)).toEqual(one);
		expect(await flat.revision()).toBe(revision);
	}
	const [listed] = (await api.expenses.list.query({ groupId: flat.id, q: 'Dinner' })).items.filter(
		({ id }) => id === made.id
	);
	expect(listed).toEqual(made);
	expect((await api.expenses.update.mutate({ ...made, conversion: null })).settleCurrency).toBe('USD');
});

test('an id of another group is refused in every place', async () => {
	const eve = await quits.meet('Eve');
	const hers = await makeGroup(quits.app, [eve]);
	const mine = await ana.api.expenses.create.mutate(flat.expense());
	const eveId = hers.member('Eve');
	const anaId = flat.member('Ana');
	const nothing = { code: 'NOT_FOUND' };
	const { api } = eve;
	expect(await refusal(api.expenses.get.query({ id: mine.id }))).toMatchObject(nothing);
	expect(await refusal(api.expenses.list.query({ groupId: flat.id }))).toMatchObject(nothing);
	expect(await refusal(api.expenses.create.mutate(flat.expense()))).toMatchObject(nothing);
	expect(
		await refusal(api.expenses.update.mutate({ ...flat.expense(), id: mine.id, version: 1 }))
	).toMatchObject(nothing);
	expect(await refusal(api.expenses.remove.mutate({ id: mine.id }))).toMatchObject(nothing);
	expect(await refusal(api.expenses.restore.mutate({ id: mine.id }))).toMatchObject(nothing);
	expect(await refusal(api.expenses.comment.mutate({ id: mine.id, text: 'Hello' }))).toMatchObject(nothing);
	const setPaid = { expenseId: mine.id, memberId: anaId, paid: true };
	expect(await refusal(api.shares.setPaid.mutate(setPaid))).toMatchObject(nothing);
	expect(await refusal(api.shares.setPaid.mutate({ ...setPaid, memberId: eveId }))).toMatchObject(nothing);

	const own = (more: Partial<NewExpense>) => refusal(api.expenses.create.mutate(hers.expense(more)));
	expect(await own({ id: mine.id })).toMatchObject({ code: 'CONFLICT', reason: 'id_taken' });
	const unknown = { code: 'INVALID', reason: 'unknown_member' };
	expect(await own({ payers: [{ memberId: anaId, amount: 3000 }] })).toMatchObject(unknown);
	expect(await own({ split: { mode: 'equal', members: [{ memberId: anaId }] } })).toMatchObject(unknown);
	const items = [{ name: 'Soup', amount: 3000, memberIds: [eveId, anaId] }];
	expect(await own({ split: { mode: 'items', items } })).toMatchObject(unknown);
	await importStatement(ana, statement(bookings(1)));
	const [row] = await transactionsOf(ana);
	expect(await own({ transactionId: row!.id })).toMatchObject(nothing);
	const theirs = await eve.api.expenses.create.mutate(hers.expense());
	expect(await refusal(ben.api.shares.setPaid.mutate({ ...setPaid, expenseId: theirs.id }))).toMatchObject(
		nothing
	);
	expect(await db.expense.findUniqueOrThrow({ where: { id: mine.id } })).toMatchObject({ version: 1 });
});

test('an update that starts from an old version is told how it is now, and overwrites nothing', async () => {
	const { id, version } = await ana.api.expenses.create.mutate(flat.expense({ notes: 'with wine' }));
	const bens = await ben.api.expenses.update.mutate({ ...flat.expense({ amount: 4000 }), id, version });
	expect(bens).toMatchObject({ version: 2, amount: 4000, notes: '' });
	const refused = await refusal(
		ana.api.expenses.update.mutate({ ...flat.expense({ description: 'Lunch' }), id, version })
	);
	expect(refused).toMatchObject({
		code: 'CONFLICT',
		reason: 'expense_changed',
		current: { id, version: 2, amount: 4000, description: 'Dinner' }
	});
	expect(await ana.api.expenses.get.query({ id })).toMatchObject({ version: 2, description: 'Dinner' });
	expect(await refusal(ana.api.expenses.remove.mutate({ id, version }))).toMatchObject({ code: 'CONFLICT' });
	await ana.api.expenses.remove.mutate({ id, version: 2 });
	const late = ben.api.expenses.update.mutate({ ...flat.expense({ amount: 5000 }), id, version: 2 });
	expect(await refusal(late)).toMatchObject({
		reason: 'expense_removed',
		current: { deletedAt: expect.any(String) as string }
	});
});

test('of twenty updates from one version, one is made', async () => {
	const { id, version } = await ana.api.expenses.create.mutate(flat.expense());
	const outcomes = await Promise.allSettled(
		Array.from({ length: 20 }, (_, n) =>
			ana.api.expenses.update.mutate({ ...flat.expense({ amount: 5000 + n }), id, version })
		)
	);
	expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await ana.api.expenses.get.query({ id })).toMatchObject({ version: 2 });
});

test('an update says field by field what it changed; saved as it was, it changes nothing', async () => {
	const made = await ana.api.expenses.create.mutate(flat.expense({ amount: 1000 }));
	const { id, groupId, description, date, currency, amount, payers, split } = made;
	const before = await flat.revision();
	if (split.mode !== 'equal') expect.fail('this was to be split alike');
	const turned = { ...split, members: split.members.toReversed() };
	const same = { id, groupId, description, date, currency, amount, payers, split: turned, version: 1 };
	expect(await ben.api.expenses.update.mutate(same)).toMatchObject({ version: 1, shares: made.shares });
	expect(await flat.revision()).toBe(before);

	const change = { ...same, split, description: 'Late dinner', categoryId: 'restaurants', notes: 'At last' };
	const answer = await ben.api.expenses.update.mutate(change);
	expect(answer.shares).toEqual(made.shares); // the odd unit stays where it was
	expect(await flat.lastChange()).toMatchObject({
		kind: 'expense_updated',
		actorId: flat.member('Ben'),
		changes: {
			description: ['Dinner', 'Late dinner'],
			categoryId: [null, 'restaurants'],
			notes: ['', 'At last']
		}
	});
	// The answer was lost on the way, and it is sent again.
	expect(await ben.api.expenses.update.mutate(change)).toMatchObject({ version: 2 });
	expect(await flat.revision()).toBe(before + 1);
});

test('an update that lets it come again, or ends that, is answered alike when it is sent again', async () => {
	const date = today();
	const { id } = await ana.api.expenses.create.mutate(flat.expense({ date }));
	const send = ({ api }: Person, version: number, schedule: NewExpense['schedule'], more = {}) =>
		api.expenses.update.mutate({ ...flat.expense({ date }), notes: 'Again', ...more, id, version, schedule });
	/** The same call several times at once, and once more after that. */
	const repeated = async (version: number, schedule: NewExpense['schedule']) => {
		const revision = await flat.revision();
		const answers = await Promise.all([1, 2, 3].map(() => send(ana, version, schedule)));
		answers.push(await send(ana, version, schedule));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]!.version).toBe(version + 1);
		expect(await flat.revision()).toBe(revision + 1);
		return answers[0]!;
	};
	const changed = { code: 'CONFLICT', reason: 'expense_changed' };
	const { scheduleId } = await repeated(1, { cadence: 'monthly' });
	expect(scheduleId).not.toBeNull();
	// It has made one meanwhile: that is no other wish.
	await db.expenseSchedule.update({ where: { id: scheduleId! }, data: { nextDate: '2099-01-01' } });
	expect(await send(ana, 1, { cadence: 'monthly' })).toMatchObject({ version: 2, scheduleId });
	expect(await refusal(send(ben, 1, { cadence: 'weekly' }))).toMatchObject(changed);
	expect(await refusal(send(ben, 1, null))).toMatchObject(changed);
	expect(await repeated(2, { cadence: 'weekly', lastDate: '2099-01-01' })).toMatchObject({ scheduleId });
	expect(await refusal(send(ben, 2, { cadence: 'weekly' }))).toMatchObject(changed);
	expect(await refusal(send(ben, 2, { cadence: 'weekly', lastDate: '1999-01-01' }))).toMatchObject(changed);
	await repeated(3, null);
	expect(await refusal(send(ben, 3, { cadence: 'weekly', lastDate: '2099-01-01' }))).toMatchObject(changed);
	const schedules = await db.expenseSchedule.findMany({ where: { groupId: flat.id } });
	expect(schedules).toMatchObject([{ id: scheduleId, cadence: 'weekly', lastDate: '2099-01-01' }]);
	expect(schedules[0]!.endedAt).not.toBeNull();
});

test('an expense that is removed counts for nobody, can be restored for 30 days, and is gone after that', async () => {
	const before = await flat.balances();
	const { id } = await ana.api.expenses.create.mutate(flat.expense({ amount: 999 }));
	const withIt = await flat.balances();
	expect(withIt).not.toEqual(before);
	const removed = await ben.api.expenses.remove.mutate({ id });
	expect(removed.deletedAt).not.toBeNull();
	expect(await flat.balances()).toEqual(before);
	const revision = await flat.revision();
	await ana.api.expenses.remove.mutate({ id });
	expect(await flat.revision()).toBe(revision);
	const listed = async (removed: boolean) =>
		(await ana.api.expenses.list.query({ groupId: flat.id, limit: 200, removed })).items.map((e) => e.id);
	expect(await listed(false)).not.toContain(id);
	expect(await listed(true)).toContain(id);

	await ana.api.expenses.restore.mutate({ id });
	expect(await flat.balances()).toEqual(withIt);
	await ana.api.expenses.remove.mutate({ id });
	const long = new Date(Date.now() - 30.1 * 86_400_000);
	await db.expense.update({ where: { id }, data: { deletedAt: long } });
	expect(await refusal(ana.api.expenses.restore.mutate({ id }))).toMatchObject({ code: 'NOT_FOUND' });
	expect(await listed(true)).not.toContain(id);
});

test('restoring that is sent again undoes no removal that has come since', async () => {
	const { id } = await ana.api.expenses.create.mutate(flat.expense());
	const { version } = await ana.api.expenses.remove.mutate({ id });
	await ana.api.expenses.restore.mutate({ id, version });
	expect(await ana.api.expenses.restore.mutate({ id, version })).toMatchObject({ deletedAt: null });
	await ben.api.expenses.remove.mutate({ id });
	expect(await refusal(ana.api.expenses.restore.mutate({ id, version }))).toMatchObject({
		code: 'CONFLICT',
		reason: 'expense_removed',
		current: { id, version: version + 2 }
	});
});

test('whoever has left stays in what they were part of, and comes into nothing new', async () => {
	const finn = await quits.meet('Finn');
	const trip = await makeGroup(quits.app, [ana, finn]);
	const { id } = await ana.api.expenses.create.mutate(trip.expense());
	const finnId = trip.member('Finn');
	await db.member.update({ where: { id: finnId }, data: { removedAt: new Date() } });
	const both = { mode: 'equal' as const, members: [{ memberId: trip.member('Ana') }, { memberId: finnId }] };
	const edited = await ana.api.expenses.update.mutate({
		...trip.expense({ amount: 5000, split: both }),
		id,
		version: 1
	});
	expect(edited.shares).toHaveLength(2);
	expect(await refusal(ana.api.expenses.create.mutate(trip.expense({ split: both })))).toMatchObject({
		reason: 'member_removed',
		params: { name: 'Finn' }
	});
	expect((await ana.api.expenses.create.mutate(trip.expense())).shares).toHaveLength(1);
	expect(await refusal(finn.api.expenses.get.query({ id }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('they come newest first, page by page; words are found whatever their case', async () => {
	const trip = await makeGroup(quits.app, [ana]);
	const dates = ['2026-01-05', '2026-01-03', '2026-01-05', '2026-01-04', '2026-01-05'];
	for (const [n, date] of dates.entries()) {
		await ana.api.expenses.create.mutate(trip.expense({ date, description: n % 2 ? 'Öl' : `Brot ${n}` }));
	}
	const all = (await ana.api.expenses.list.query({ groupId: trip.id })).items;
	expect(all.map(({ date }) => date)).toEqual([...dates].sort().reverse());
	const pages: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await ana.api.expenses.list.query({ groupId: trip.id, limit: 2, cursor });
		pages.push(...page.items.map(({ id }) => id));
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	expect(pages).toEqual(all.map(({ id }) => id));
	const find = async (q: string) =>
		(await ana.api.expenses.list.query({ groupId: trip.id, q })).items.map((e) => e.description);
	expect(await find('öL')).toEqual(['Öl', 'Öl']);
	expect(await find('brot 4')).toEqual(['Brot 4']);
	expect(await find('%')).toHaveLength(5);
	const bad = ana.api.expenses.list.query({ groupId: trip.id, cursor: 'x' });
	expect(await refusal(bad)).toMatchObject({ reason: 'bad_cursor' });
});

test('money in another currency is owed at the rate that was stated, to the unit', async () => {
	const cases = [
		// amount, from, to, rate, owed
		[10_000, 'USD', 'EUR', '0.9123', 9123],
		[10_000, 'JPY', 'EUR', '0.0061', 6100],
		[1, 'KWD', 'JPY', '500', 0],
		[1001, 'KWD', 'JPY', '500.5', 501],
		[1, 'EUR', 'KWD', '0.33', 3],
		[-10_000, 'USD', 'KWD', '0.307', -30_700]
	] as const;
	for (const [amount, currency, to, rate, owed] of cases) {
		const expense = flat.expense({
			amount,
			currency,
			conversion: { currency: to, rate },
			payers: [
				{ memberId: flat.member('Ana'), amount: amount - Math.trunc(amount / 3) },
				{ memberId: flat.member('Ben'), amount: Math.trunc(amount / 3) }
			]
		});
		if (owed === 0) {
			expect(await refusal(ana.api.expenses.create.mutate(expense))).toMatchObject({ reason: 'bad_rate' });
			continue;
		}
		const made = await ana.api.expenses.create.mutate(expense);
		expect(made).toMatchObject({ amount, currency, settleCurrency: to, settleAmount: owed, rate });
		expect(made.shares.reduce((sum, share) => sum + share.amount, 0)).toBe(owed);
		const parts = await db.expensePart.findMany({ where: { expenseId: made.id } });
		expect(parts.every((part) => part.currency === to)).toBe(true);
		expect(parts.reduce((sum, { paid }) => sum + Number(paid), 0)).toBe(owed);
		expect(parts.reduce((sum, { net }) => sum + Number(net), 0)).toBe(0);
	}
	const same = await ana.api.expenses.create.mutate(
		flat.expense({ conversion: { currency: 'EUR', rate: '2' } })
	);
	expect(same).toMatchObject({ rate: null, settleAmount: 3000 });
});

test('a refund gives everybody back what they had paid', async () => {
	const trip = await makeGroup(quits.app, [ana, ben]);
	await ana.api.expenses.create.mutate(trip.expense({ amount: 1001 }));
	const paidBack = await ben.api.expenses.create.mutate(
		trip.expense({ amount: -1001, payers: [{ memberId: trip.member('Ana'), amount: -1001 }] })
	);
	expect(paidBack.shares.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-501, -500]);
	const sum = (await trip.balances()).reduce((total, { amount }) => total + amount, 0);
	expect(sum).toBe(0);
	expect((await trip.balances()).every(({ amount }) => Math.abs(amount) <= 1)).toBe(true);
});

test('a bank transaction is shown only to whom it belongs, and only they can unlink it', async () => {
	await importStatement(ben, statement(bookings(2)));
	const [row] = await transactionsOf(ben);
	const { id } = await ben.api.expenses.create.mutate(flat.expense({ transactionId: row!.id }));
	expect((await ben.api.expenses.get.query({ id })).transactionId).toBe(row!.id);
	expect((await ana.api.expenses.get.query({ id })).transactionId).toBeNull();
	await ana.api.expenses.update.mutate({
		...flat.expense({ amount: 3100, transactionId: null }),
		id,
		version: 1
	});
	expect((await ben.api.expenses.get.query({ id })).transactionId).toBe(row!.id);
	await ben.api.expenses.update.mutate({
		...flat.expense({ amount: 3100, transactionId: null }),
		id,
		version: 2
	});
	expect((await ben.api.expenses.get.query({ id })).transactionId).toBeNull();
});

test('a comment is heard by everybody, and sent twice it is there once', async () => {
	const { id } = await ana.api.expenses.create.mutate(flat.expense());
	const comment = { id, commentId: v7(), text: ' Was it good? ' };
	const [first, second] = [
		await ben.api.expenses.comment.mutate(comment),
		await ben.api.expenses.comment.mutate(comment)
	];
	expect(second).toEqual(first);
	const revision = await flat.revision();
	expect(
		await ana.live.until('group:changed', (event) => event.groupId === flat.id && event.revision === revision)
	).toMatchObject({
		kind: 'expense_commented',
		subjectId: id,
		actorId: flat.member('Ben')
	});
	expect((await ana.api.expenses.get.query({ id })).comments).toMatchObject([
		{ memberId: flat.member('Ben'), text: 'Was it good?' }
	]);
});
