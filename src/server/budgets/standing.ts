import { amountOn, carriedInto, rangeBefore } from '#lib/budgets/amounts.ts';
import type { DateRange } from '#lib/budgets/period.ts';
import type { Db, Tx } from '../db/client.ts';
import { periodNow, type BudgetTerms } from './budget.ts';
import { spentIn, type Asked, type Spent } from './spending.ts';

/** How a budget stands in its current period. Amounts are minor units. */
export type Standing = Spent & {
	budget: BudgetTerms;
	/** Today where the budget is. */
	today: string;
	period: DateRange;
	/** The first day has come; until then nothing counts. */
	hasBegun: boolean;
	amount: bigint;
	/** From the periods before; 0 where nothing rolls over. */
	carried: bigint;
	/** What may be spent: both together. */
	limit: bigint;
};

/** How budgets stand now, in their order. One query, whatever their number. */
export async function standingsOf(
	db: Db | Tx,
	budgets: readonly BudgetTerms[],
	now: Date
): Promise<Standing[]> {
	const asked: Asked[] = [];
	const ask = (one: Asked): number => asked.push(one) - 1;
	const questions = budgets.map((budget) => {
		const { today, current } = periodNow(budget, now);
		const before = budget.rollOver ? rangeBefore(budget.startDate, current.start) : null;
		return {
			...{ budget, today, current },
			now: ask({ scope: budget, range: current, today }),
			before: before && ask({ scope: budget, range: before })
		};
	});
	const spent = await spentIn(db, asked);
	return questions.map(({ budget, today, current, now, before }) => {
		const amount = amountIn(budget, current);
		const carried = before === null ? 0n : carriedInto(budget, current.start, spent[before]!.spent);
		const hasBegun = today >= current.start;
		const counted = hasBegun ? spent[now]! : nothingSpent;
		const limit = amount + carried;
		return { ...counted, budget, today, period: current, hasBegun, amount, carried, limit };
	});
}

/** What may be spent in a period from the first one on. */
export const amountIn = ({ amounts }: BudgetTerms, { start }: DateRange): bigint => amountOn(amounts, start)!;

const nothingSpent: Spent = { spent: 0n, apart: 0n, otherCurrencies: [] };
