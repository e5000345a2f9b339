/** Alerts: one for each threshold a period, told once to everybody whom it concerns. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { raiseAlerts } from '#server/alerts/raise.ts';
import { checkBudgets } from '#server/budgets/check.ts';
import { findBudget } from '#server/budgets/find.ts';
import { budgetHistory } from '#server/budgets/history.ts';
import { updateBudget } from '#server/budgets/update.ts';
import { startTestApp } from '../../support/app.ts';
import { book, makeBudget, noonOf, statusOn } from '../../support/budgets.ts';
import { makeGroup } from '../../support/group.ts';
import type { Person } from '../../support/person.ts';

// The jobs do not run by themselves, so that a test says when somebody looks, and nothing goes anywhere.
const quits = await startTestApp({ work: false });
const { app } = quits;
const { db } = app;
const june = noonOf('2026-06-10');

const alertsOf = (budgetId: string) =>
	db.alert.findMany({ where: { budgetId }, orderBy: [{ periodStart: 'asc' }, { threshold: 'asc' }] });
/** Each threshold that was raised, with a minus when spending is below it again. */
const raised = async (budgetId: string): Promise<number[]> =>
	(await alertsOf(budgetId)).map(({ threshold, passedAt }) => (passedAt ? -threshold : threshold));
/** What was told of a budget: who, how, and of which threshold. */
const told = async (budgetId: string): Promise<string[]> => {
	const deliveries = await db.delivery.findMany({
		where: { alert: { budgetId } },
		include: { alert: true, user: true },
		orderBy: { id: 'asc' }
	});
	return deliveries.map(({ user, channel, alert }) => `${user.name} ${channel} ${alert!.threshold}`);
};
const hook = (userId: string, events: string[] = ['budget.alert']) =>
	db.webhookEndpoint.create({
		data: { id: v7(), userId, url: 'https://hooks.example.org/', secret: 'sealed', events }
	});
/** Somebody with a budget of 100.00 a month, and one booking that can be made any amount. */
async function household(more: Parameters<typeof makeBudget>[2] = {}) {
	const ana = await quits.meet('Ana');
	const { id } = await makeBudget(app, ana, more, june);
	const [booking] = await book(app, ana, [{ date: '2026-06-05', amount: -1 }]);
	const spend = (amount: number) =>
		db.transaction.update({ where: { id: booking! }, data: { amount: -amount } });
	const look = (now = june) => raiseAlerts(app, id, now);
	return { ana, id, spend, look };
}

test('a threshold that is crossed is told once, by each channel', async () => {
	const { ana, id, spend, look } = await household();
	await hook(ana.id);
	await hook(ana.id, ['upload.done']);
	await spend(4999);
	await look();
	expect(await raised(id)).toEqual([]);
	await spend(5000);
	await look();
	await look();
	expect(await raised(id)).toEqual([50]);
	expect(await told(id)).toEqual(['Ana screen 50', 'Ana email 50', 'Ana webhook 50']);
	const [alert] = await alertsOf(id);
	expect(alert).toMatchObject({
		...{ periodStart: '2026-06-01', periodEnd: '2026-06-30', percent: 50, spent: 5000n, amount: 10_000n }
	});
	const payload = {
		...{
			alertId: alert!.id,
			budgetId: id,
			budgetName: 'Groceries',
			groupId: null,
			threshold: 50,
			percent: 50
		},
		...{ spent: 5000, amount: 10_000, currency: 'EUR', periodStart: '2026-06-01', periodEnd: '2026-06-30' }
	};
	const deliveries = await db.delivery.findMany({ where: { alertId: alert!.id } });
	for (const delivery of deliveries) expect(delivery).toMatchObject({ event: 'budget.alert', payload });
	expect(await ana.live.until('alert:raised')).toEqual({
		...{ alertId: alert!.id, budgetId: id, groupId: null, threshold: 50, percent: 50 }
	});
	const { items } = await ana.api.notifications.list.query();
	expect(items).toMatchObject([{ kind: 'budget_alert', params: payload }]);
	expect(ana.live.all('alert:raised')).toHaveLength(1);
});

test('of several crossed at once each is an alert, and only the highest is told', async () => {
	const { id, spend, look } = await household({ thresholds: [50, 80, 100, 120] });
	await spend(10_500);
	await look();
	expect(await raised(id)).toEqual([50, 80, 100]);
	expect(await told(id)).toEqual(['Ana screen 100', 'Ana email 100']);
	await spend(12_000);
	await look();
	expect(await told(id)).toHaveLength(4);
	expect(await raised(id)).toEqual([50, 80, 100, 120]);
});

test('what falls below again is marked, and not told again when it is crossed again', async () => {
	const { id, spend, look } = await household();
	await spend(8500);
	await look();
	await spend(6000);
	await look();
	expect(await raised(id)).toEqual([50, -80]);
	await spend(0);
	await look();
	expect(await raised(id)).toEqual([-50, -80]);
	const [first] = await alertsOf(id);
	await look(noonOf('2026-06-11'));
	expect(await alertsOf(id)).toMatchObject([{ passedAt: first!.passedAt }, {}]);
	await spend(9000);
	await look();
	expect(await raised(id)).toEqual([50, 80]);
	expect(await told(id)).toEqual(['Ana screen 80', 'Ana email 80']);
	await spend(10_000);
	await look();
	expect(await told(id)).toEqual(['Ana screen 80', 'Ana email 80', 'Ana screen 100', 'Ana email 100']);
});

test('each period tells anew', async () => {
	const { ana, id, spend, look } = await household();
	await spend(5000);
	await look();
	await look(noonOf('2026-07-01'));
	expect(await raised(id)).toEqual([50]);
	await book(app, ana, [{ date: '2026-07-02', amount: -5000 }]);
	await look(noonOf('2026-07-02'));
	await look(noonOf('2026-06-20'));
	expect((await alertsOf(id)).map(({ periodStart, threshold }) => [periodStart, threshold])).toEqual([
		['2026-06-01', 50],
		['2026-07-01', 50]
	]);
	expect(await told(id)).toHaveLength(4);
});

test('what rolls over counts: nothing left is crossed by the first cent', async () => {
	const { id, spend, look } = await household({ rollOver: true });
	await spend(25_000);
	await look();
	await look(noonOf('2026-07-01'));
	expect(await alertsOf(id)).toHaveLength(3);
	const [ana] = await db.budget.findMany({ where: { id }, select: { userId: true } });
	await book(app, { id: ana!.userId }, [{ date: '2026-07-02', amount: -1 }]);
	await look(noonOf('2026-07-02'));
	const july = (await alertsOf(id)).filter(({ periodStart }) => periodStart === '2026-07-01');
	expect(july).toMatchObject([
		{ threshold: 50, percent: 9999, spent: 1n, amount: -5000n },
		{ threshold: 80 },
		{ threshold: 100 }
	]);
	expect(await told(id)).toHaveLength(4);
});

/** Somebody's budget that can be changed, and is looked at right after. */
async function changing(more: Parameters<typeof makeBudget>[2] = {}) {
	const house = await household(more);
	const change = async (more: object) => {
		const budget = await findBudget(db, house.ana.id, house.id);
		await updateBudget(app, budget, { id: house.id, version: budget.version, ...more }, june);
		await house.look();
	};
	return { ...house, change };
}
/** Of which thresholds somebody was told, in order, by mail; everything else is told with it. */
const toldOf = async (budgetId: string): Promise<string[]> =>
	(await told(budgetId)).filter((one) => one.includes('email')).map((one) => one.slice('Ana email '.length));

test('other thresholds follow the same rule', async () => {
	const { id, spend, look, change } = await changing();
	await spend(9000);
	await look();
	expect(await told(id)).toEqual(['Ana screen 80', 'Ana email 80']);
	// What is below one that has been told is no news; what is above it is.
	await change({ thresholds: [30, 80] });
	expect(await told(id)).toHaveLength(2);
	expect(await raised(id)).toEqual([30, 50, 80]);
	await change({ thresholds: [85, 100] });
	expect(await told(id)).toEqual(['Ana screen 80', 'Ana email 80', 'Ana screen 85', 'Ana email 85']);
});

test('with more to spend, what is crossed stands, and what is not any more is told anew when it is', async () => {
	const { ana, id, spend, look, change } = await changing();
	await spend(10_000);
	await look();
	expect(await toldOf(id)).toEqual(['100']);
	await change({ amount: 12_000 });
	expect(await raised(id)).toEqual([50, 80, -100]);
	expect(await toldOf(id)).toEqual(['100']);
	await spend(12_500);
	await look();
	await look();
	expect(await toldOf(id)).toEqual(['100', '100']);
	const { items } = await ana.api.alerts.list.query({ budgetId: id });
	expect(items.map(({ threshold, amount, passedAt }) => [threshold, amount, passedAt !== null])).toEqual([
		[100, 12_000, false],
		[100, 10_000, true],
		[80, 10_000, false],
		[50, 10_000, false]
	]);
	// What is only undone and done again stays silent.
	await spend(1000);
	await look();
	await spend(12_500);
	await look();
	expect(await toldOf(id)).toEqual(['100', '100']);
});

test('an amount that was a slip of the finger leaves the thresholds of the right one', async () => {
	const { id, spend, look, change } = await changing({ amount: 1000 });
	await spend(4000);
	await look();
	expect(await toldOf(id)).toEqual(['100']);
	await change({ amount: 10_000 });
	await spend(5000);
	await look();
	await spend(8000);
	await look();
	expect(await toldOf(id)).toEqual(['100', '50', '80']);
	await change({ name: 'Food' });
	await change({ rollOver: true });
	expect(await toldOf(id)).toEqual(['100', '50', '80']);
	// Marked while it was undone, and crossed by the lower amount: that is news.
	await spend(0);
	await look();
	await spend(4500);
	await change({ amount: 5000 });
	expect(await toldOf(id)).toEqual(['100', '50', '80', '80']);
});

test('a budget that counts something else begins anew, and its old alerts are history', async () => {
	const { ana, id, spend, look, change } = await changing();
	await spend(9000);
	await look();
	await book(app, ana, [{ date: '2026-06-06', amount: -8500, currency: 'USD' }]);
	await change({ currency: 'USD' });
	expect(await toldOf(id)).toEqual(['80', '80']);
	await change({ categoryIds: ['restaurants', 'groceries'] });
	expect(await toldOf(id)).toEqual(['80', '80', '80']);
	await change({ categoryIds: ['groceries', 'restaurants'] });
	expect(await toldOf(id)).toHaveLength(3);
	await change({ ownShare: true });
	expect(await toldOf(id)).toHaveLength(4);
	await change({ period: { kind: 'monthly', day: 2 } });
	expect(await toldOf(id)).toHaveLength(5);
	const { items } = await ana.api.alerts.list.query({ budgetId: id });
	const heads = items.filter(({ threshold }) => threshold === 80);
	expect(heads.map(({ currency, spent, periodStart }) => [currency, spent, periodStart])).toEqual([
		['USD', 8500, '2026-06-02'],
		['USD', 8500, '2026-06-01'],
		['USD', 8500, '2026-06-01'],
		['USD', 8500, '2026-06-01'],
		['EUR', 9000, '2026-06-01']
	]);
	const payloads = await db.delivery.findMany({
		where: { alert: { budgetId: id }, channel: 'email' },
		select: { payload: true },
		orderBy: { id: 'asc' }
	});
	expect(payloads[0]!.payload).toMatchObject({ currency: 'EUR' });
	expect(payloads[1]!.payload).toMatchObject({ currency: 'USD' });
});

test('a change and several who look at once make one alert of one crossing', async () => {
	const { ana, id, spend, look } = await household();
	await spend(10_000);
	await look();
	for (const amount of [11_000, 10_000, 12_000, 10_000]) {
		const budget = await findBudget(db, ana.id, id);
		const change = { id, version: budget.version, amount };
		await Promise.all([look(), updateBudget(app, budget, change, june), look(), look()]);
		await Promise.all([look(), look()]);
	}
	expect(await toldOf(id)).toEqual(['100', '100', '100']);
	const counting = await db.alert.findMany({ where: { budgetId: id, rearmedBy: 0 } });
	expect(counting.map(({ threshold }) => threshold).sort()).toEqual([100, 50, 80]);
});

test('before its first day a budget counts nothing, and warns of nothing', async () => {
	const { ana, id, change } = await changing({ period: { kind: 'custom', days: 10, from: '2026-06-15' } });
	await book(
		app,
		ana,
		['2026-06-10', '2026-06-14', '2026-06-20'].map((date) => ({ date, amount: -9000 }))
	);
	await raiseAlerts(app, id, june);
	await checkBudgets(app, {}, v7(), noonOf('2026-06-14'));
	expect(await raised(id)).toEqual([]);
	expect(await statusOn(app, ana, id, june)).toMatchObject({
		...{ beginsOn: '2026-06-15', periodStart: '2026-06-15', periodEnd: '2026-06-24' },
		...{ spent: 0, remaining: 10_000, percent: 0, crossed: [], forecast: 0, carried: 0 }
	});
	const history = await budgetHistory(db, await findBudget(db, ana.id, id), june);
	expect(history[0]).toMatchObject({ periodStart: '2026-06-05', spent: 18_001, amount: null });
	// In the quarter after midnight it is looked at, though no full hour has come.
	await checkBudgets(app, {}, v7(), new Date('2026-06-15T00:16:00Z'));
	expect(await raised(id)).toEqual([50, 80]);
	expect(await statusOn(app, ana, id, noonOf('2026-06-15'))).toMatchObject({ beginsOn: null, spent: 9000 });
	// Another one that is yet to come begins anew then.
	await change({ period: { kind: 'custom', days: 5, from: '2026-06-18' } });
	expect(await statusOn(app, ana, id, june)).toMatchObject({ beginsOn: '2026-06-18', spent: 0 });
	expect((await findBudget(db, ana.id, id)).startDate).toBe('2026-06-18');
});

test('of a group, everybody with an account is told', async () => {
	const [ana, ben, dora, eve] = [
		...[await quits.meet('Ana'), await quits.meet('Ben'), await quits.meet('Dora'), await quits.meet('Eve')]
	] as [Person, Person, Person, Person];
	const flat = await makeGroup(app, [ana, ben, dora, eve], { guests: ['Cleo'] });
	await db.user.update({ where: { id: dora.id }, data: { disabledAt: new Date() } });
	await ana.api.members.remove.mutate({ groupId: flat.id, memberId: flat.member('Eve') });
	const { id } = await makeBudget(app, ana, { groupId: flat.id }, june);
	await ben.api.expenses.create.mutate(
		flat.expense({ date: '2026-06-02', amount: 9000, categoryId: 'groceries' })
	);
	await raiseAlerts(app, id, june);
	expect((await told(id)).sort()).toEqual(['Ana email 80', 'Ana screen 80', 'Ben email 80', 'Ben screen 80']);
	expect(await ben.live.until('alert:raised')).toMatchObject({ budgetId: id, groupId: flat.id });
	for (const { live } of [dora, eve]) expect(live.all('alert:raised')).toEqual([]);
	// Both see it; each looks at it for themselves.
	const [list, others] = [await ana.api.alerts.list.query(), await ben.api.alerts.list.query()];
	expect(list.items.map(({ threshold, unread }) => [threshold, unread])).toEqual([
		[80, true],
		[50, false]
	]);
	expect(list.items[0]!.deliveries.map(({ channel }) => channel)).toEqual(['screen', 'email']);
	expect([list.unread, others.unread]).toEqual([1, 1]);
	expect(await ana.api.alerts.markRead.mutate({ ids: [list.items[0]!.id] })).toEqual({ unread: 0 });
	expect((await ben.api.alerts.list.query()).unread).toBe(1);
	expect((await eve.api.alerts.list.query()).items).toEqual([]);
	// An archived group is left alone.
	await ana.api.groups.archive.mutate({ groupId: flat.id, archived: true });
	await db.expense.updateMany({ where: { groupId: flat.id }, data: { settleAmount: 20_000 } });
	await raiseAlerts(app, id, june);
	expect(await raised(id)).toEqual([50, 80]);
});

test('nothing is raised for a removed budget, or for somebody who is disabled; what was stays', async () => {
	const { ana, id, spend, look } = await household();
	await spend(5000);
	await look();
	await ana.api.budgets.remove.mutate({ id });
	await spend(10_000);
	await look();
	expect(await raised(id)).toEqual([50]);
	expect((await ana.api.alerts.list.query()).items).toMatchObject([
		{ budgetId: id, budgetName: 'Groceries' }
	]);
	await ana.api.budgets.restore.mutate({ id });
	await db.user.update({ where: { id: ana.id }, data: { disabledAt: new Date() } });
	await look();
	expect(await raised(id)).toEqual([50]);
	await db.user.update({ where: { id: ana.id }, data: { disabledAt: null } });
	await look();
	expect(await raised(id)).toEqual([50, 80, 100]);
});

test('an alert and the notification of it are read together', async () => {
	const { ana, spend, look } = await household({ thresholds: [10, 20, 30] });
	for (const amount of [1000, 2000, 3000]) {
		await spend(amount);
		await look();
	}
	const { alerts, notifications } = ana.api;
	const unread = async () => [(await alerts.list.query()).unread, (await notifications.list.query()).unread];
	const [latest] = (await alerts.list.query()).items;
	expect(await unread()).toEqual([3, 3]);
	await alerts.markRead.mutate({ ids: [latest!.id] });
	expect(await unread()).toEqual([2, 2]);
	const { items } = await notifications.list.query();
	expect(items.map(({ readAt }) => readAt === null)).toEqual([false, true, true]);
	await notifications.markRead.mutate({ ids: [items[1]!.id] });
	expect(await unread()).toEqual([1, 1]);
	await notifications.markRead.mutate();
	expect(await unread()).toEqual([0, 0]);
	await spend(5000);
	await look();
	await alerts.markRead.mutate();
	expect(await unread()).toEqual([0, 0]);
});

test('alerts are listed newest first, page by page, and of one budget', async () => {
	const { ana, id, spend, look } = await household({ thresholds: [10, 20, 30, 40, 50] });
	for (const amount of [1000, 2000, 3000, 4000, 5000]) {
		await spend(amount);
		await look();
	}
	const other = await makeBudget(
		app,
		ana,
		{ name: 'All', categoryIds: [], amount: 5000, thresholds: [100] },
		june
	);
	await raiseAlerts(app, other.id, june);
	const first = await ana.api.alerts.list.query({ limit: 4 });
	const rest = await ana.api.alerts.list.query({ limit: 4, cursor: first.nextCursor! });
	expect([...first.items, ...rest.items].map(({ threshold }) => threshold)).toEqual([
		100, 50, 40, 30, 20, 10
	]);
	expect(rest.nextCursor).toBeNull();
	expect((await ana.api.alerts.list.query({ budgetId: other.id })).items).toHaveLength(1);
	expect(await ana.api.alerts.markRead.mutate()).toEqual({ unread: 0 });
	expect((await ana.api.alerts.list.query()).items.some(({ unread }) => unread)).toBe(false);
	expect(id).not.toBe(other.id);
});
