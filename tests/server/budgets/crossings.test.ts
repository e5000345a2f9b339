/** Spending that jumps about while several look at the same budgets: each alert is there once, and is told once by each channel. */
import { Server } from 'socket.io';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { addDays } from '#lib/dates.ts';
import { periodOn, usualPeriods } from '#lib/budgets/period.ts';
import { isCrossed } from '#lib/budgets/thresholds.ts';
import { raiseAlerts } from '#server/alerts/raise.ts';
import { checkBudgets } from '#server/budgets/check.ts';
import { makeLive } from '#server/realtime/live.ts';
import { addPerson } from '../../support/access/actors.ts';
import { book, makeBudget, noonOf } from '../../support/budgets.ts';
import { openTestDb } from '../../support/db.ts';
import { keptLog } from '../../support/queue.ts';

const { db } = await openTestDb();
const app = { db, live: makeLive(new Server(), db, false), log: keptLog().log };

const changes = 1000;
const thresholds = [50, 80, 100];
const levels = [0, 3000, 6000, 9000, 11_000];
const months = Array.from({ length: 4 }, (_, n) =>
	periodOn(usualPeriods.monthly, addDays('2026-06-01', 31 * n))
);

const alertsOf = (budgetId: string, periodStart?: string) =>
	db.alert.findMany({
		where: { budgetId, ...(periodStart && { periodStart }) },
		orderBy: [{ periodStart: 'asc' }, { threshold: 'asc' }]
	});

test('1,000 crossings and re-crossings', async () => {
	const userId = await addPerson(db, { name: 'Ana' });
	const ana = { id: userId };
	await db.category.create({ data: { id: 'groceries', group: 'food_drink', sort: 0 } });
	await db.webhookEndpoint.create({
		data: { id: v7(), userId, url: 'https://hooks.example.org/', secret: 'sealed', events: ['budget.alert'] }
	});
	const budgets: string[] = [];
	for (const name of ['Groceries', 'Food']) {
		budgets.push((await makeBudget(app, ana, { name, thresholds }, noonOf('2026-06-01'))).id);
	}
	for (const { start } of months) {
		const now = noonOf(start);
		const [booking] = await book(app, ana, [{ date: start, amount: 0 }]);
		let level = 0;
		for (let n = 1; n <= changes / months.length; n++) {
			level = (level + 1 + ((n * n) % (levels.length - 1))) % levels.length;
			await db.transaction.update({ where: { id: booking! }, data: { amount: -levels[level]! } });
			await Promise.all([
				checkBudgets(app, { userId }, v7(), now),
				raiseAlerts(app, budgets[n % 2]!, now),
				...(n % 25 === 0 ? [checkBudgets(app, {}, v7(), now), checkBudgets(app, {}, v7(), now)] : [])
			]);
			// The last ones to look have seen the last change.
			if (n % 10 !== 0) continue;
			for (const id of budgets) {
				for (const { threshold, passedAt } of await alertsOf(id, start)) {
					expect(passedAt === null).toBe(isCrossed(threshold, BigInt(levels[level]!), 10_000n));
				}
			}
		}
	}

	const everyOne = months.flatMap(({ start }) => thresholds.map((threshold) => `${start} ${threshold}`));
	for (const budgetId of budgets) {
		const alerts = await alertsOf(budgetId);
		expect(alerts.map(({ periodStart, threshold }) => `${periodStart} ${threshold}`)).toEqual(everyOne);
		const deliveries = await db.delivery.findMany({ where: { alert: { budgetId } } });
		const channels = Map.groupBy(deliveries, ({ alertId }) => alertId);
		// The highest is told in every month; what was crossed together with a higher one is not.
		for (const { id, threshold } of alerts) {
			const told = (channels.get(id) ?? []).map(({ channel }) => channel).sort();
			if (threshold === 100 || told.length > 0) expect(told).toEqual(['email', 'screen', 'webhook']);
		}
	}
	const notes = await db.notification.findMany({ where: { userId } });
	const noted = notes.map(({ params }) => (params as { alertId: string }).alertId).sort();
	const shown = await db.delivery.findMany({ where: { userId, channel: 'screen' } });
	expect(noted).toEqual(shown.map(({ alertId }) => alertId).sort());
	for (const queue of ['alert-mail', 'webhook-send'])
		expect(await db.outbox.count({ where: { queue } })).toBe(shown.length);
}, 300_000);
