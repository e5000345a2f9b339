import { v7 } from 'uuid';
import { crossings, percentOf, toldOf, type Raised } from '#lib/budgets/thresholds.ts';
import type { App } from '../app.ts';
import { termsOf, withZone, type BudgetTerms } from '../budgets/budget.ts';
import { holdersOf } from '../budgets/find.ts';
import { standingsOf, type Standing } from '../budgets/standing.ts';
import { afterCommit, inTx, type Alert, type Prisma, type Tx } from '../db/client.ts';
import { createDeliveries } from '../deliveries/create.ts';
import { notify } from '../notifications/notify.ts';

type Raiser = Pick<App, 'db' | 'live'>;

/** The budgets that are looked after: not those of somebody who is disabled, or of a group in the archive. */
export const watched = {
	removedAt: null,
	OR: [{ groupId: null, user: { disabledAt: null } }, { group: { archivedAt: null } }]
} satisfies Prisma.BudgetWhereInput;

/**
 * Brings the alerts of a budget's current period to where its spending is now: raises thresholds that are crossed for the first
 * time (since they were armed), with one delivery for each person and channel, and marks those that are below again. Whoever else is at the same budget
 * waits, so what is read here is what is true at the end; run twice, at once or later, it changes nothing more.
 */
export function raiseAlerts(app: Raiser, budgetId: string, now = new Date()): Promise<void> {
	return inTx(app.db, async (tx) => {
		await tx.$executeRaw`UPDATE "Budget" SET "version" = "version" WHERE "id" = ${budgetId}`;
		const row = await tx.budget.findFirst({ where: { id: budgetId, ...watched }, include: withZone });
		if (!row) return;
		const [standing] = await standingsOf(tx, [termsOf(row)], now);
		const { budget, period, hasBegun, spent, limit } = standing!;
		const alerts = await tx.alert.findMany({ where: { budgetId, periodStart: period.start, rearmedBy: 0 } });
		const raised = alerts.map(raisedBy);
		const { fresh, passed, again } = crossings(budget.thresholds, raised, spent, limit);
		await mark(tx, alerts, passed, now);
		await mark(tx, alerts, again, null);
		const told = toldOf(
			fresh,
			raised.map((one) => (again.includes(one.threshold) ? { ...one, hasPassed: false } : one))
		);
		for (const threshold of fresh) {
			const alert = await tx.alert.create({ data: alertOf(standing!, threshold, now) });
			if (threshold === told) await tell(tx, app, budget, alert, now);
		}
		if (hasBegun && budget.checkedFor !== period.start) {
			await tx.budget.update({ where: { id: budgetId }, data: { checkedFor: period.start } });
		}
	});
}

export const raisedBy = ({ threshold, passedAt }: Alert): Raised => ({
	threshold,
	hasPassed: passedAt !== null
});

async function mark(
	tx: Tx,
	alerts: readonly Alert[],
	thresholds: readonly number[],
	passedAt: Date | null
): Promise<void> {
	const ids = alerts.filter(({ threshold }) => thresholds.includes(threshold)).map(({ id }) => id);
	if (ids.length > 0) await tx.alert.updateMany({ where: { id: { in: ids } }, data: { passedAt } });
}

const alertOf = ({ budget, period, spent, limit }: Standing, threshold: number, now: Date) => ({
	...{ id: v7(), budgetId: budget.id, threshold, periodStart: period.start, periodEnd: period.end },
	...{ percent: percentOf(spent, limit), spent, amount: limit, currency: budget.currency, createdAt: now }
});

/** Tells whoever the budget is of, by every channel they have chosen. */
async function tell(tx: Tx, app: Raiser, budget: BudgetTerms, alert: Alert, now: Date): Promise<void> {
	const { id: alertId, threshold, percent, currency, periodStart, periodEnd } = alert;
	const { id: budgetId, name: budgetName, groupId } = budget;
	const payload = {
		...{ alertId, budgetId, budgetName, groupId, threshold, percent },
		...{ spent: Number(alert.spent), amount: Number(alert.amount), currency, periodStart, periodEnd }
	};
	for (const userId of await holdersOf(tx, budget)) {
		await createDeliveries(
			tx,
			{
				...{ userId, source: `alert:${alertId}`, event: 'budget.alert', payload, alertId },
				...{ screen: true, email: true }
			},
			now
		);
		await notify(tx, app.live, userId, 'budget_alert', payload);
		const event = { alertId, budgetId, threshold, percent, groupId };
		afterCommit(tx, () => app.live.toUser(userId, 'alert:raised', event));
	}
}
