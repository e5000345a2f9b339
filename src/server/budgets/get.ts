import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { HeldBudget } from './find.ts';
import { withStatus, type BudgetStatus, type BudgetWithStatus } from './view.ts';

/** A budget with how it stands. Error: NOT_FOUND once it is removed. */
export async function getBudget(db: Db, userId: string, budget: HeldBudget): Promise<BudgetWithStatus> {
	if (budget.removedAt) throw notFound();
	const [found] = await withStatus(db, userId, [budget]);
	return found!;
}

/** How it stands alone. Error: NOT_FOUND. */
export const budgetStatus = async (db: Db, userId: string, budget: HeldBudget): Promise<BudgetStatus> =>
	(await getBudget(db, userId, budget)).status;
