import { isDeepStrictEqual } from 'node:util';
import { isCrossed } from '#lib/budgets/thresholds.ts';
import type { BudgetTerms } from '../budgets/budget.ts';
import { standingsOf } from '../budgets/standing.ts';
import type { Tx } from '../db/client.ts';

/**
 * What a change of a budget does to its thresholds, as part of the transaction that has made it. When it counts something else
 * than before, all of them are armed, and what was raised is history. When there is more or less to spend, what is crossed still
 * stands and is not told again; whatever is not crossed any more is marked and armed, to be told with the new amount.
 */
export async function rearmAlerts(tx: Tx, before: BudgetTerms, after: BudgetTerms, now: Date): Promise<void> {
	const counting = { budgetId: after.id, rearmedBy: 0 };
	const rearmedBy = after.version;
	if (countsElse(before, after)) {
		await tx.alert.updateMany({ where: counting, data: { rearmedBy } });
		return;
	}
	const { amounts, rollOver } = before;
	if (isDeepStrictEqual({ amounts, rollOver }, { amounts: after.amounts, rollOver: after.rollOver })) return;
	const [standing] = await standingsOf(tx, [after], now);
	const { period, spent, limit } = standing!;
	const alerts = await tx.alert.findMany({ where: { ...counting, periodStart: period.start } });
	for (const { id, threshold, passedAt } of alerts) {
		if (passedAt === null && isCrossed(threshold, spent, limit)) continue;
		await tx.alert.update({ where: { id }, data: { rearmedBy, passedAt: passedAt ?? now } });
	}
}

/** Other spending than before is counted, in other periods, or in another currency. */
const countsElse = (before: BudgetTerms, after: BudgetTerms): boolean =>
	before.currency !== after.currency ||
	before.ownShare !== after.ownShare ||
	!isDeepStrictEqual(before.period, after.period) ||
	!isDeepStrictEqual(new Set(before.categoryIds), new Set(after.categoryIds));
