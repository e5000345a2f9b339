/** The recurring payments still to come in the current periods of budgets, for their forecasts. */
import { timesStillDue } from '#lib/budgets/forecast.ts';
import { isSpending } from '#lib/budgets/spending.ts';
import { convert } from '#lib/groups/convert.ts';
import { nextAfter, type Cadence as ScheduleCadence } from '#lib/groups/schedule.ts';
import type { Anchor, Cadence } from '#lib/recurring/types.ts';
import type { Db, ExpenseSchedule } from '../db/client.ts';
import type { Template } from '../schedules/template.ts';
import { sharedTransactions } from '../transactions/shared-transactions.ts';
import type { Standing } from './standing.ts';

/** In minor units, in the order of the standings: of somebody's own budgets, and of groups they are in. */
export async function stillDue(db: Db, userId: string, standings: readonly Standing[]): Promise<bigint[]> {
	const [own, inGroups] = await Promise.all([
		duePayments(db, userId, standings),
		dueSchedules(db, standings)
	]);
	return standings.map((standing) => (standing.budget.groupId === null ? own(standing) : inGroups(standing)));
}

type Due = (standing: Standing) => bigint;
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What a person pays again and again; each in the category of its last payment, and with the share that was theirs of it. */
async function duePayments(db: Db, userId: string, standings: readonly Standing[]): Promise<Due> {
	if (standings.every(({ budget }) => budget.groupId !== null)) return () => 0n;
	const rows = await db.recurring.findMany({
		where: { userId, ended: false, status: { not: 'dismissed' }, amount: { lt: 0 } }
	});
	if (rows.length === 0) return () => 0n;
	const last = await lastPayments(db, userId);
	const dates = rows.map(({ lastDate }) => lastDate).sort();
	const shared = standings.some(({ budget }) => budget.ownShare)
		? await sharedTransactions(db, [{ userId, range: { start: dates[0]!, end: dates.at(-1)! } }])
		: [];
	const ofOthers = new Map(shared.map((one) => [one.id, one.ofOthers]));
	return ({ budget, period, today }) =>
		sum(
			rows.map((row) => {
				const { amount, currency, nextDate, lastDate } = row;
				const payment = last.get(row.id);
				const { categoryId, group } = payment ?? { categoryId: null, group: null };
				const counts = isSpending({ categoryId, group, amount }, budget.categoryIds);
				if (currency !== budget.currency || !counts) return 0n;
				const series = { cadence: row.cadence as Cadence, anchor: row.anchor as Anchor, nextDate, lastDate };
				const others = budget.ownShare && payment ? (ofOthers.get(payment.id) ?? 0n) : 0n;
				const own = -amount > others ? -amount - others : 0n;
				return own * BigInt(timesStillDue(series, period, today));
			})
		);
}

type Payment = { recurringId: string; id: string; categoryId: string | null; group: string | null };

/** The last payment of each of a person's recurring ones, with its category. */
export async function lastPayments(db: Db, userId: string): Promise<Map<string, Payment>> {
	const rows = await db.$queryRaw<Payment[]>`
		SELECT r."id" AS "recurringId", t."id", t."categoryId", c."group" FROM "Recurring" r JOIN "Transaction" t ON t."id" = (
			SELECT x."id" FROM "Transaction" x WHERE x."recurringId" = r."id" ORDER BY x."date" DESC, x."id" DESC LIMIT 1)
			LEFT JOIN "Category" c ON c."id" = t."categoryId"
		WHERE r."userId" = ${userId}`;
	return new Map(rows.map((row) => [row.recurringId, row]));
}

/** What comes again by itself in groups. */
async function dueSchedules(db: Db, standings: readonly Standing[]): Promise<Due> {
	const groupIds = standings.flatMap(({ budget }) => budget.groupId ?? []);
	if (groupIds.length === 0) return () => 0n;
	const rows = await db.expenseSchedule.findMany({
		where: { groupId: { in: [...new Set(groupIds)] }, endedAt: null }
	});
	return ({ budget, period }) =>
		sum(
			rows.map((row) => {
				const template = row.template as Template;
				if (row.groupId !== budget.groupId) return 0n;
				if (budget.categoryIds.length > 0 && !budget.categoryIds.includes(template.categoryId ?? ''))
					return 0n;
				return BigInt(amountIn(template, budget.currency)) * BigInt(timesUntil(row, period.end));
			})
		);
}

/** As it will count: how it is owed, or how it is paid, whichever is in the currency. */
function amountIn({ amount, currency, conversion }: Template, wanted: string): number {
	const owed = conversion?.currency === wanted ? convert(amount, currency, wanted, conversion.rate) : null;
	return owed ?? (currency === wanted ? amount : 0);
}

function timesUntil({ firstDate, nextDate, lastDate, cadence }: ExpenseSchedule, end: string): number {
	const until = lastDate !== null && lastDate < end ? lastDate : end;
	let times = 0;
	for (let date = nextDate; date <= until; date = nextAfter(firstDate, cadence as ScheduleCadence, date))
		times++;
	return times;
}
