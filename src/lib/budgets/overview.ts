/** What all of somebody's budgets come to. */
import { exactly } from '../money.ts';
import type { Period } from './period.ts';

type Budget = {
	groupId: string | null;
	categoryIds: readonly string[];
	currency: string;
	period: Pick<Period, 'kind'>;
	status: { periodStart: string; periodEnd: string; amount: number; carried: number; remaining: number };
};

/** Budgets that end on one day and are in one currency, together. Amounts in minor units. */
export type Standing = {
	kind: Period['kind'];
	periodStart: string;
	periodEnd: string;
	currency: string;
	count: number;
	limit: number;
	remaining: number;
};

/**
 * How somebody's budgets stand, those of most budgets first. Money of groups is not theirs alone: it counts only where they
 * have no budgets of their own. A budget whose categories are all in another one's is a part of that, and counts once.
 */
export function overview(budgets: readonly Budget[]): Standing[] {
	const own = budgets.filter(({ groupId }) => groupId === null);
	const counted = own.length > 0 ? own : budgets;
	const together = Map.groupBy(
		counted.filter((budget, at) => !counted.some((other, n) => n !== at && isPartOf(budget, other, at < n))),
		({ currency, status }) => `${status.periodStart} ${status.periodEnd} ${currency}`
	);
	return [...together.values()].map(standing).sort((a, b) => b.count - a.count);
}

function standing(budgets: readonly Budget[]): Standing {
	const { period, currency, status } = budgets[0]!;
	const sum = (of: (status: Budget['status']) => number): number =>
		budgets.reduce((total, budget) => exactly(total + of(budget.status)), 0);
	return {
		kind: period.kind,
		periodStart: status.periodStart,
		periodEnd: status.periodEnd,
		currency,
		count: budgets.length,
		limit: sum(({ amount, carried }) => amount + carried),
		remaining: sum(({ remaining }) => remaining)
	};
}

/** `wins`: of two over the same categories, which one is left. */
function isPartOf(budget: Budget, other: Budget, wins: boolean): boolean {
	const { currency, groupId, categoryIds } = budget;
	if (other.currency !== currency || other.groupId !== groupId) return false;
	if (other.status.periodStart !== budget.status.periodStart) return false;
	if (other.status.periodEnd !== budget.status.periodEnd) return false;
	const holds =
		other.categoryIds.length === 0 ||
		(categoryIds.length > 0 && categoryIds.every((id) => other.categoryIds.includes(id)));
	const isSame = holds && other.categoryIds.length === categoryIds.length;
	return holds && !(isSame && wins);
}

/** The budgets that need a look first: those of which the most is, or will be, used. */
export const tightest = <
	T extends { status: { amount: number; carried: number; spent: number; forecast: number } }
>(
	budgets: readonly T[],
	count: number
): T[] => {
	const use = ({ status }: T): number => {
		const limit = status.amount + status.carried;
		return limit > 0 ? Math.max(status.spent, status.forecast) / limit : Infinity;
	};
	return budgets.toSorted((a, b) => use(b) - use(a)).slice(0, count);
};
