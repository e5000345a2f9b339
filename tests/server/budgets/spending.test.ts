/** What counts in a budget: whose, in which period, of which categories and in which currency. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categories } from '#lib/categories.ts';
import { addDays, fromDay, toDay } from '#lib/dates.ts';
import { periodOn, type Period } from '#lib/budgets/period.ts';
import { isSpending } from '#lib/budgets/spending.ts';
import { budgetHistory } from '#server/budgets/history.ts';
import { findBudget } from '#server/budgets/find.ts';
import { suggestAmount } from '#server/budgets/suggest.ts';
import { standingsOf } from '#server/budgets/standing.ts';
import { updateBudget } from '#server/budgets/update.ts';
import { spentIn } from '#server/budgets/spending.ts';
import { suggestionQuery } from '#lib/budgets/budget.ts';
import { findMembership } from '#server/groups/membership.ts';
import { startTestApp } from '../../support/app.ts';
import { book, makeBudget, noonOf, statusOn, type Booking } from '../../support/budgets.ts';
import { makeGroup } from '../../support/group.ts';
import { importStatement, transactionsOf } from '../../support/person.ts';
import { bookings, monthly, statement } from '../../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;
const { db } = app;
const june = noonOf('2026-06-10');

test('what went out for its categories counts, and what came back counts against it', async () => {
	const ana = await quits.meet('Ana');
	await book(app, ana, [
		{ date: '2026-05-31', amount: -900 },
		{ date: '2026-06-01', amount: -2500 },
		{ date: '2026-06-09', amount: 500 },
		{ date: '2026-06-30', amount: -100 },
		{ date: '2026-07-01', amount: -900 },
		{ date: '2026-06-02', amount: -4000, categoryId: 'rent' },
		{ date: '2026-06-02', amount: -4000, categoryId: null }
	]);
	const { id } = await makeBudget(app, ana, {}, june);
	expect(await statusOn(app, ana, id, june)).toMatchObject({
		...{ periodStart: '2026-06-01', periodEnd: '2026-06-30', endsAt: new Date('2026-07-01T00:00:00Z') },
		...{
			amount: 10_000,
			carried: 0,
			spent: 2100,
			remaining: 7900,
			percent: 21,
			crossed: [],
			otherCurrencies: []
		}
	});
});

test('a budget over everything leaves income and transfers out, and takes refunds in', async () => {
	const ana = await quits.meet('Ana');
	await book(app, ana, [
		{ date: '2026-06-01', amount: -2500 },
		{ date: '2026-06-01', amount: -1000, categoryId: null },
		{ date: '2026-06-01', amount: 700, categoryId: null },
		{ date: '2026-06-01', amount: 250_000, categoryId: 'salary' },
		{ date: '2026-06-01', amount: -30_000, categoryId: 'savings_transfer' },
		{ date: '2026-06-01', amount: 200, categoryId: 'refund' },
		{ date: '2026-06-01', amount: 100, categoryId: 'clothing' }
	]);
	const { id } = await makeBudget(app, ana, { categoryIds: [] }, june);
	expect(await statusOn(app, ana, id, june)).toMatchObject({ spent: 3200 });
	const transfers = await makeBudget(app, ana, { categoryIds: ['savings_transfer'] }, june);
	expect(await statusOn(app, ana, transfers.id, june)).toMatchObject({
		spent: 30_000,
		crossed: [50, 80, 100]
	});
});

test('what lies in other currencies is told, not converted', async () => {
	const ana = await quits.meet('Ana');
	await book(app, ana, [
		{ date: '2026-06-01', amount: -2500 },
		{ date: '2026-06-01', amount: -9000, currency: 'USD' },
		{ date: '2026-06-02', amount: 100, currency: 'USD' },
		{ date: '2026-06-02', amount: -300, currency: 'JPY' }
	]);
	const { id } = await makeBudget(app, ana, {}, june);
	const { spent, otherCurrencies } = await statusOn(app, ana, id, june);
	expect(spent).toBe(2500);
	expect(otherCurrencies.sort((a, b) => b.count - a.count)).toEqual([
		{ currency: 'USD', count: 2 },
		{ currency: 'JPY', count: 1 }
	]);
});

test('the period is the one that it is where the person lives', async () => {
	const ana = await quits.meet('Ana');
	await db.user.update({ where: { id: ana.id }, data: { timeZone: 'Pacific/Auckland' } });
	await book(app, ana, [
		{ date: '2026-06-30', amount: -100 },
		{ date: '2026-07-01', amount: -200 }
	]);
	const { id } = await makeBudget(app, ana, {}, june);
	// At noon in UTC it is midnight in Auckland.
	const midnight = new Date('2026-06-30T12:00:00Z');
	expect(await statusOn(app, ana, id, new Date(midnight.getTime() - 1))).toMatchObject({
		spent: 100,
		endsAt: midnight
	});
	expect(await statusOn(app, ana, id, midnight)).toMatchObject({ spent: 200, periodStart: '2026-07-01' });
});

test('many budgets at once come to the same as adding it all up by hand', async () => {
	const people = [await quits.meet('Ana'), await quits.meet('Ben')];
	const category = fc.constantFrom(
		null,
		...['groceries', 'rent', 'salary', 'refund', 'savings_transfer', 'coffee']
	);
	const day = fc.integer({ min: toDay('2026-01-01'), max: toDay('2026-12-31') }).map(fromDay);
	const booking = fc.record({
		...{ date: day, amount: fc.integer({ min: -9_000_000, max: 9_000_000 }), categoryId: category },
		currency: fc.constantFrom('EUR', 'EUR', 'USD')
	});
	const all = new Map<string, Booking[]>();
	for (const person of people) {
		const some = fc.sample(booking, 400);
		all.set(person.id, some);
		await book(app, person, some);
	}
	const asked = fc.sample(
		fc.record({
			who: fc.constantFrom(...people),
			categoryIds: fc.oneof(
				fc.constant<string[]>([]),
				fc.uniqueArray(fc.constantFrom(...categories.map(({ key }) => key), 'groceries', 'rent'), {
					minLength: 1
				})
			),
			...{ currency: fc.constantFrom('EUR', 'USD'), start: day, days: fc.nat(120) }
		}),
		300
	);
	const spent = await spentIn(
		db,
		asked.map(({ who, categoryIds, currency, start, days }) => ({
			scope: { userId: who.id, groupId: null, categoryIds, currency, ownShare: false },
			range: { start, end: addDays(start, days) }
		}))
	);
	expect(spent).toHaveLength(300);
	for (const [at, { who, categoryIds, currency, start, days }] of asked.entries()) {
		const counted = all
			.get(who.id)!
			.filter(({ date }) => start <= date && date <= addDays(start, days))
			.filter(({ categoryId = null, amount }) =>
				isSpending({ categoryId, amount: BigInt(amount) }, categoryIds)
			);
		const own = counted.filter((one) => one.currency === currency);
		expect(spent[at]!.spent).toBe(own.reduce((sum, { amount }) => sum - BigInt(amount), 0n));
		const others = spent[at]!.otherCurrencies.reduce((sum, { count }) => sum + count, 0);
		expect(others).toBe(counted.length - own.length);
	}
});

test('of what is split with a group only the own share counts, if one wants that', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(app, [ana, ben]);
	const [shop, back] = await book(app, ana, [
		{ date: '2026-06-01', amount: -3000 },
		{ date: '2026-06-05', amount: 1500 },
		{ date: '2026-06-06', amount: -400 }
	]);
	const whole = await makeBudget(app, ana, {}, june);
	const share = await makeBudget(app, ana, { ownShare: true }, june);
	const spent = async (id: string) => (await statusOn(app, ana, id, june)).spent;
	// Until something is said of it, money that came in for groceries is a refund.
	expect([await spent(whole.id), await spent(share.id)]).toEqual([1900, 1900]);
	const expense = await ana.api.expenses.create.mutate(
		flat.expense({ date: '2026-06-01', transactionId: shop! })
	);
	expect([await spent(whole.id), await spent(share.id)]).toEqual([1900, 400]);
	// Ben paid his share back: that is not a refund, and takes nothing from what Ana ate.
	const settlement = await ana.api.settlements.create.mutate({
		...{ groupId: flat.id, from: flat.member('Ben'), to: flat.member('Ana'), currency: 'EUR', amount: 1500 },
		transactionId: back!
	});
	expect([await spent(whole.id), await spent(share.id)]).toEqual([1900, 1900]);
	await ana.api.settlements.remove.mutate({ id: settlement.id });
	await ana.api.expenses.remove.mutate({ id: expense.id });
	expect([await spent(whole.id), await spent(share.id)]).toEqual([1900, 1900]);
	// With everything in it, a share is one, too.
	const all = await makeBudget(app, ana, { ownShare: true, categoryIds: [] }, june);
	await ana.api.expenses.create.mutate(flat.expense({ date: '2026-06-01', transactionId: shop! }));
	expect(await spent(all.id)).toBe(400);
	expect(await spentIn(db, [])).toEqual([]);
});

test('of a group, its expenses count as they are owed or as they were paid', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const [flat, trip] = [await makeGroup(app, [ana, ben]), await makeGroup(app, [ana])];
	const add = (more: object) => ana.api.expenses.create.mutate(flat.expense({ date: '2026-06-03', ...more }));
	await add({ amount: 3000, categoryId: 'groceries' });
	await add({ amount: -500, categoryId: 'groceries' });
	await add({ amount: 900, categoryId: null });
	await add({
		amount: 1000,
		currency: 'USD',
		categoryId: 'groceries',
		conversion: { currency: 'EUR', rate: '0.9' }
	});
	await add({
		amount: 1100,
		currency: 'EUR',
		categoryId: 'groceries',
		conversion: { currency: 'USD', rate: '1.1' }
	});
	await add({ amount: 700, currency: 'USD', categoryId: 'groceries' });
	await add({ amount: 800, date: '2026-07-01' });
	const { id } = await add({ amount: 5000, categoryId: 'groceries' });
	await ana.api.expenses.remove.mutate({ id });
	await ana.api.expenses.create.mutate(trip.expense({ date: '2026-06-03', amount: 4400 }));
	const some = await makeBudget(app, ben, { groupId: flat.id }, june);
	const all = await makeBudget(app, ben, { groupId: flat.id, categoryIds: [] }, june);
	const dollars = await makeBudget(app, ben, { groupId: flat.id, currency: 'USD' }, june);
	expect(await statusOn(app, ana, some.id, june)).toMatchObject({
		...{ spent: 3000 - 500 + 900 + 1100 },
		otherCurrencies: [{ currency: 'USD', count: 1 }]
	});
	expect(await statusOn(app, ana, all.id, june)).toMatchObject({ spent: 3000 - 500 + 900 + 900 + 1100 });
	expect(await statusOn(app, ana, dollars.id, june)).toMatchObject({ spent: 1000 + 1210 + 700 });
	// The group's time is whose budget it is, and the same for all.
	await db.user.update({ where: { id: ana.id }, data: { timeZone: 'Pacific/Kiritimati' } });
	expect(some.timeZone).toBe('UTC');
	const late = new Date('2026-06-30T23:00:00Z');
	expect(await statusOn(app, ana, some.id, late)).toMatchObject({ periodStart: '2026-06-01' });
});

test('what is left of a period rolls over, and so does what was spent too much', async () => {
	const ana = await quits.meet('Ana');
	await book(app, ana, [
		{ date: '2026-03-31', amount: -100_000 },
		{ date: '2026-04-10', amount: -4000 },
		{ date: '2026-05-10', amount: -30_000 },
		{ date: '2026-06-10', amount: -1 }
	]);
	const { id } = await makeBudget(app, ana, { rollOver: true }, noonOf('2026-04-15'));
	const on = (date: string) => statusOn(app, ana, id, noonOf(date));
	expect(await on('2026-04-20')).toMatchObject({ carried: 0, spent: 4000, remaining: 6000, percent: 40 });
	expect(await on('2026-05-01')).toMatchObject({
		carried: 6000,
		spent: 30_000,
		remaining: -14_000,
		percent: 187
	});
	// Nothing may be spent in June, and a cent is too much.
	expect(await on('2026-06-11')).toMatchObject({ carried: -14_000, percent: 9999, crossed: [50, 80, 100] });
	expect(await on('2026-07-01')).toMatchObject({ carried: -4001, spent: 0, percent: 0, crossed: [] });
	expect(await on('2026-08-01')).toMatchObject({ carried: 5999 });

	const budget = await findBudget(db, ana.id, id);
	await updateBudget(app, budget, { id, version: 1, amount: 20_000 }, noonOf('2026-06-15'));
	expect(await on('2026-05-01')).toMatchObject({ amount: 10_000, carried: 6000 });
	expect(await on('2026-06-11')).toMatchObject({ amount: 20_000, carried: -14_000, percent: 0 });
	expect(await on('2026-07-01')).toMatchObject({ carried: 5999 });

	const history = await budgetHistory(db, await findBudget(db, ana.id, id), noonOf('2026-06-15'));
	expect(history).toHaveLength(12);
	expect(history.slice(0, 4)).toEqual([
		{ ...at('2026-06-01', '2026-06-30'), spent: 1, amount: 20_000, carried: -14_000, percent: 0 },
		{ ...at('2026-05-01', '2026-05-31'), spent: 30_000, amount: 10_000, carried: 6000, percent: 187 },
		{ ...at('2026-04-01', '2026-04-30'), spent: 4000, amount: 10_000, carried: 0, percent: 40 },
		{ ...at('2026-03-01', '2026-03-31'), spent: 100_000, amount: null, carried: null, percent: null }
	]);
	// Each period of the history is what it was then, also when the first ones are no longer told of.
	const later = await budgetHistory(db, await findBudget(db, ana.id, id), noonOf('2027-08-15'));
	for (const { periodStart, carried, spent } of later) {
		expect(await on(periodStart)).toMatchObject({ carried, spent });
	}
});

const at = (periodStart: string, periodEnd: string) => ({ periodStart, periodEnd, otherCurrencies: [] });

test('another period or currency begins anew', async () => {
	const ana = await quits.meet('Ana');
	const { id } = await makeBudget(app, ana, { rollOver: true }, noonOf('2026-01-15'));
	const change = async (more: object) =>
		updateBudget(app, await findBudget(db, ana.id, id), { id, ...more, version: await version() }, june);
	const version = async () => (await findBudget(db, ana.id, id)).version;
	expect(await statusOn(app, ana, id, june)).toMatchObject({ carried: 50_000 });
	const weekly: Period = { kind: 'weekly', weekStart: 7 };
	expect(await change({ period: weekly })).toMatchObject({
		period: weekly,
		startDate: '2026-06-07',
		amount: 10_000
	});
	expect(await statusOn(app, ana, id, june)).toMatchObject({ carried: 0, periodStart: '2026-06-07' });
	expect(await change({ currency: 'USD', amount: 500 })).toMatchObject({ currency: 'USD', amount: 500 });
	const [standing] = await standingsOf(db, [await findBudget(db, ana.id, id)], june);
	expect(standing).toMatchObject({ amount: 500n, carried: 0n, period: periodOn(weekly, '2026-06-10') });
	// So many days as before are no other period.
	await change({ period: { kind: 'custom', days: 10 } });
	const before = await findBudget(db, ana.id, id);
	expect(before.period).toEqual({ kind: 'custom', days: 10, from: '2026-06-10' });
	await updateBudget(
		app,
		before,
		{ id, version: before.version, period: { kind: 'custom', days: 10 } },
		noonOf('2026-06-13')
	);
	expect(await findBudget(db, ana.id, id)).toMatchObject({ version: before.version, period: before.period });
});

test('the forecast has the recurring payments that are still due, each in its category', async () => {
	const ana = await quits.meet('Ana');
	const file = statement([
		...monthly('Landlord Miller rent', -80_000, { from: '2025-12-03', months: 7 }),
		...monthly('Gym Olympia membership', -2500, { from: '2025-12-20', months: 6 }),
		...bookings(5, { from: '2026-06-01' })
	]);
	await importStatement(ana, file);
	const set = async (text: string, categoryId: string) => {
		const ids = (await transactionsOf(ana)).filter(({ description }) => description.includes(text));
		await ana.api.transactions.setCategories.mutate({ ids: ids.map(({ id }) => id), categoryId });
	};
	await set('Landlord', 'rent');
	await set('Gym', 'gym');
	const on = async (categoryIds: string[], more = {}) =>
		statusOn(app, ana, (await makeBudget(app, ana, { categoryIds, ...more }, june)).id, june);
	// The rent is paid, and goes into no pace.
	expect(await on(['rent'])).toMatchObject({ spent: 80_000, due: 0, forecast: 80_000 });
	expect(await on(['gym'])).toMatchObject({ spent: 0, due: 2500, forecast: 2500 });
	expect(await on(['rent', 'gym'])).toMatchObject({ spent: 80_000, due: 2500, forecast: 82_500 });
	expect(await on(['gym'], { currency: 'USD' })).toMatchObject({ due: 0, forecast: 0 });
	expect(await on(['gym'], { period: 'quarterly' })).toMatchObject({ spent: 5000, due: 2500 });
	const gym = (await ana.api.recurring.list.query()).find(({ merchant }) => /gym/i.test(merchant))!.id;
	await ana.api.recurring.dismiss.mutate({ id: gym });
	expect(await on(['gym'])).toMatchObject({ due: 0 });
	await ana.api.recurring.confirm.mutate({ id: gym });

	// Of the gym that is split with Ben, half is still due.
	const flat = await makeGroup(app, [ana, await quits.meet('Ben')]);
	const last = (await transactionsOf(ana)).find(({ description }) => description.includes('Gym'))!;
	await ana.api.expenses.create.mutate(
		flat.expense({ amount: 2500, date: last.date, transactionId: last.id })
	);
	expect(await on(['gym'], { ownShare: true })).toMatchObject({ due: 1250, forecast: 1250 });
	expect(await on(['gym'])).toMatchObject({ due: 2500 });
});

test('the forecast counts what is entered for a later day once', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(app, [ana, ben]);
	const [, later] = await book(app, ana, [
		{ date: '2026-06-10', amount: -1000 },
		{ date: '2026-06-29', amount: -90_000 }
	]);
	const period = { kind: 'custom', days: 30, from: '2026-06-10' } as const;
	const on = async (more = {}) =>
		statusOn(app, ana, (await makeBudget(app, ana, { period, ...more }, june)).id, june);
	expect(await on()).toMatchObject({ spent: 91_000, forecast: 120_000 });
	expect(await on({ categoryIds: [] })).toMatchObject({ spent: 91_000, forecast: 120_000 });
	await ana.api.expenses.create.mutate(
		flat.expense({ amount: 90_000, date: '2026-06-29', categoryId: 'groceries', transactionId: later! })
	);
	expect(await on({ ownShare: true })).toMatchObject({ spent: 46_000, forecast: 75_000 });
	await ana.api.expenses.create.mutate(
		flat.expense({ amount: 1000, date: '2026-06-10', categoryId: 'groceries' })
	);
	expect(await on({ groupId: flat.id })).toMatchObject({ spent: 91_000, forecast: 120_000 });
});

test('the forecast of a group has what comes again by itself', async () => {
	const ana = await quits.meet('Ana');
	const flat = await makeGroup(app, [ana]);
	const day = new Date().toISOString().slice(0, 10);
	const { start, end } = periodOn({ kind: 'monthly', day: 1 }, day);
	await ana.api.expenses.create.mutate(
		flat.expense({ amount: 700, date: day, categoryId: 'groceries', schedule: { cadence: 'weekly' } })
	);
	const weeks = Math.floor((toDay(end) - toDay(day)) / 7);
	const { id } = await makeBudget(app, ana, { groupId: flat.id });
	expect(await ana.api.budgets.status.query({ id })).toMatchObject({
		...{ periodStart: start, spent: 700, due: weeks * 700, forecast: 700 + weeks * 700 }
	});
});

test('a suggestion goes by the complete periods that are known', async () => {
	const ana = await quits.meet('Ana');
	const query = (more: object = {}) =>
		suggestionQuery.parse({ categoryIds: ['groceries'], currency: 'EUR', period: 'monthly', ...more });
	const suggest = (more: object = {}) =>
		suggestAmount(db, { userId: ana.id, timeZone: 'UTC', membership: null }, query(more), june);
	expect(await suggest()).toEqual({ amount: null, periods: [] });
	await book(app, ana, [
		{ date: '2026-02-20', amount: -90_000 },
		{ date: '2026-03-20', amount: -30_000 },
		{ date: '2026-04-20', amount: -41_237 },
		{ date: '2026-05-20', amount: -50_000 },
		{ date: '2026-05-31', amount: -1, categoryId: 'rent' },
		{ date: '2026-06-05', amount: -7 }
	]);
	// February is known from its 20th only, and June is not over.
	expect(await suggest()).toEqual({
		amount: 42_000,
		periods: [
			{ periodStart: '2026-05-01', periodEnd: '2026-05-31', spent: 50_000 },
			{ periodStart: '2026-04-01', periodEnd: '2026-04-30', spent: 41_237 },
			{ periodStart: '2026-03-01', periodEnd: '2026-03-31', spent: 30_000 }
		]
	});
	expect(await suggest({ categoryIds: ['coffee'] })).toMatchObject({ amount: null });
	expect((await suggest({ period: 'weekly' })).periods).toHaveLength(8);
	const flat = await makeGroup(app, [ana]);
	await ana.api.expenses.create.mutate(
		flat.expense({ date: '2026-05-01', categoryId: 'groceries', amount: 1234 })
	);
	await ana.api.expenses.create.mutate(flat.expense({ date: '2026-05-30', categoryId: 'rent' }));
	const membership = await findMembership(db, ana.id, flat.id);
	const ofGroup = await suggestAmount(db, { userId: ana.id, timeZone: 'UTC', membership }, query(), june);
	expect(ofGroup).toMatchObject({ amount: 1300, periods: [{ spent: 1234 }] });
});
