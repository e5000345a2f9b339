import type { Period } from '#lib/budgets/period.ts';
import { beginOf } from '#lib/budgets/period.ts';
import { forecast } from '#lib/budgets/forecast.ts';
import { isCrossed, percentOf } from '#lib/budgets/thresholds.ts';
import { addDays } from '#lib/dates.ts';
import type { Db } from '../db/client.ts';
import type { BudgetTerms } from './budget.ts';
import { amountIn, standingsOf, type Standing } from './standing.ts';
import { stillDue } from './still-due.ts';
import { periodNow } from './budget.ts';

/** A budget as the API shows it. Amounts in minor units of `currency`, dates `YYYY-MM-DD`. */
export type BudgetView = {
	id: string;
	/** Null for a budget of one's own. */
	groupId: string | null;
	name: string;
	/** None: all that is spending. */
	categoryIds: string[];
	currency: string;
	/** Of the current period, before what is carried over. */
	amount: number;
	period: Period;
	/** The first date of its first period. */
	startDate: string;
	/** It says when a period begins. */
	timeZone: string;
	rollOver: boolean;
	ownShare: boolean;
	/** In percent, ascending. */
	thresholds: number[];
	version: number;
	createdAt: Date;
};

export type BudgetStatus = {
	/** Its first day, while that is yet to come: nothing counts before it, and the period is the first one. */
	beginsOn: string | null;
	periodStart: string;
	/** The last date of the period, and the instant at which the next one begins. */
	periodEnd: string;
	endsAt: Date;
	amount: number;
	/** From earlier periods; below zero where too much was spent. */
	carried: number;
	spent: number;
	/** Of the amount and what was carried; below zero when it has burst. */
	remaining: number;
	/** How much is spent of the amount and what was carried, in whole percent rounded down: 0 to 9999. */
	percent: number;
	/** The thresholds that spending is at or above now. */
	crossed: number[];
	/** What will have been spent when the period ends, and what recurring payments in that are still to come. */
	forecast: number;
	due: number;
	/** What lies in other currencies and is not counted. */
	otherCurrencies: { currency: string; count: number }[];
};

export type BudgetWithStatus = BudgetView & { status: BudgetStatus };

export function budgetView(budget: BudgetTerms, now = new Date()): BudgetView {
	const { id, groupId, name, categoryIds, currency, period, startDate, timeZone } = budget;
	const { rollOver, ownShare, thresholds, version, createdAt } = budget;
	return {
		...{ id, groupId, name, categoryIds, currency },
		amount: Number(amountIn(budget, periodNow(budget, now).current)),
		...{ period, startDate, timeZone, rollOver, ownShare, thresholds, version, createdAt }
	};
}

/** Budgets of one person, and of groups they are in, with how each stands. */
export async function withStatus(
	db: Db,
	userId: string,
	budgets: readonly BudgetTerms[],
	now = new Date()
): Promise<BudgetWithStatus[]> {
	const standings = await standingsOf(db, budgets, now);
	const due = await stillDue(db, userId, standings);
	return standings.map((standing, at) => ({
		...budgetView(standing.budget, now),
		status: statusView(standing, due[at]!)
	}));
}

function statusView(standing: Standing, due: bigint): BudgetStatus {
	const { budget, today, period, amount, carried, limit, spent, otherCurrencies } = standing;
	return {
		beginsOn: standing.hasBegun ? null : period.start,
		periodStart: period.start,
		periodEnd: period.end,
		endsAt: beginOf(addDays(period.end, 1), budget.timeZone),
		amount: Number(amount),
		carried: Number(carried),
		spent: Number(spent),
		remaining: Number(limit - spent),
		percent: percentOf(spent, limit),
		crossed: budget.thresholds.filter((threshold) => isCrossed(threshold, spent, limit)),
		forecast: Number(forecast({ ...standing, due }, period, today)),
		due: Number(due),
		otherCurrencies
	};
}
