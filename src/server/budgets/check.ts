/** Looks after budgets: which thresholds has spending crossed? Called by jobs/budget-check.ts. */
import { crossings } from '#lib/budgets/thresholds.ts';
import { raiseAlerts, raisedBy, watched } from '../alerts/raise.ts';
import type { App } from '../app.ts';
import { inTx, type Db } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';
import { claimDone } from '../outbox.ts';
import { periodNow, termsOf, withZone, type BudgetTerms } from './budget.ts';
import { overGroup, overPerson } from './spending-moved.ts';
import { standingsOf } from './standing.ts';

// What one slice holds in memory and asks in one query.
const budgetsAtOnce = 500;

type Checker = Pick<App, 'db' | 'live' | 'log'>;
/** Whose spending has moved; nobody's: it is time to look at all. */
export type CheckScope = { userId?: string; groupId?: string };

/**
 * Checks budgets and raises what is to be raised. After a change it looks at each budget over it on its own and waits for others
 * who do: the last one that looks sees what all have changed. By the clock it looks at all of them in slices, in the first
 * quarter of an hour; in the others only at those whose period has begun since they were looked at: every midnight there is
 * falls on a quarter. Can be cut short and done again. Open pages of a person are told by an event; what moves in a group its
 * members' pages hear of already.
 */
export async function checkBudgets(
	app: Checker,
	{ userId, groupId }: CheckScope,
	jobId: string,
	now = new Date()
): Promise<void> {
	const moved = userId !== undefined ? overPerson(userId) : groupId !== undefined ? overGroup(groupId) : null;
	const failures: unknown[] = [];
	if (moved) {
		const budgets = await app.db.budget.findMany({
			where: moved,
			select: { id: true },
			orderBy: { id: 'asc' }
		});
		for (const { id } of budgets) await checkOne(app, id, now, failures);
	} else await checkAll(app, now, failures);
	if (userId !== undefined) app.live.toUser(userId, 'budgets:changed', {});
	if (failures.length > 0) throw failures[0];
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}

/** One that cannot be checked must not keep the others waiting. */
async function checkOne(app: Checker, id: string, now: Date, failures: unknown[]): Promise<void> {
	await raiseAlerts(app, id, now).catch((error: unknown) => {
		app.log.warn({ err: error, budgetId: id }, 'a budget could not be checked');
		failures.push(error);
	});
}

async function checkAll(app: Checker, now: Date, failures: unknown[]): Promise<void> {
	const isFullCheck = now.getUTCMinutes() < 15;
	for (let after = ''; ;) {
		const rows = await app.db.budget.findMany({
			where: { ...watched, id: { gt: after } },
			include: withZone,
			orderBy: { id: 'asc' },
			take: budgetsAtOnce
		});
		const budgets = rows
			.map(termsOf)
			.filter((budget) => isFullCheck || periodNow(budget, now).current.start !== budget.checkedFor);
		const toRaise = await lookAt(app.db, budgets, now).catch((error: unknown) => {
			app.log.warn({ err: error }, 'budgets could not be checked together');
			return budgets.map(({ id }) => id);
		});
		for (const id of toRaise) await checkOne(app, id, now, failures);
		if (rows.length < budgetsAtOnce) return;
		after = rows.at(-1)!.id;
	}
}

/** Which of the budgets have something to raise or to mark; of the others it is noted that their period has been looked at. */
async function lookAt(db: Db, budgets: readonly BudgetTerms[], now: Date): Promise<string[]> {
	if (budgets.length === 0) return [];
	const standings = await standingsOf(db, budgets, now);
	const alerts = await db.alert.findMany({
		where: {
			budgetId: { in: budgets.map(({ id }) => id) },
			rearmedBy: 0,
			periodStart: { gte: standings.map(({ period }) => period.start).sort()[0]! }
		}
	});
	const raised = Map.groupBy(alerts, ({ budgetId, periodStart }) => `${budgetId} ${periodStart}`);
	const [moved, still] = [[], []] as [typeof standings, typeof standings];
	for (const standing of standings) {
		const { budget, period, spent, limit } = standing;
		const known = (raised.get(`${budget.id} ${period.start}`) ?? []).map(raisedBy);
		const changes = Object.values(crossings(budget.thresholds, known, spent, limit));
		(changes.some((thresholds) => thresholds.length > 0) ? moved : still).push(standing);
	}
	const begun = still.filter(
		({ budget, period, hasBegun }) => hasBegun && budget.checkedFor !== period.start
	);
	if (begun.length > 0) {
		const rows = begun.map(({ budget, period }) => [budget.id, period.start]);
		await db.$executeRaw`
			${rowsAsTable(db, 'w', ['id', 'start'], rows)}
			UPDATE "Budget" SET "checkedFor" = (SELECT w."start" FROM "w" WHERE w."id" = "Budget"."id")
			WHERE "id" IN (SELECT "id" FROM "w")`;
	}
	return moved.map(({ budget }) => budget.id);
}
