import { periodOf, type SuggestionQuery } from '#lib/budgets/budget.ts';
import { periodAt, periodIndex, type DateRange } from '#lib/budgets/period.ts';
import { periodsLookedAt, suggestedAmount } from '#lib/budgets/suggestion.ts';
import { builtIn } from '#lib/category-book.ts';
import { addDays } from '#lib/dates.ts';
import { wallClock } from '#lib/wall-clock.ts';
import { bookOf } from '../categories/book.ts';
import type { Db } from '../db/client.ts';
import { checkCategories } from './categories.ts';
import type { Holder } from './find.ts';
import { spentIn } from './spending.ts';

/** A period counts as known when what is known begins so many days after it at most, and ends so many before. */
const slackDays = 3;

export type Suggestion = {
	/** In minor units; null when there is nothing to go by. */
	amount: number | null;
	/** What it was made from, the latest first: complete periods of which everything is known. */
	periods: { periodStart: string; periodEnd: string; spent: number }[];
};

/**
 * What a budget could be: the middle of what was spent in the last complete periods, rounded up. Errors: those of
 * {@link checkCategories}.
 */
export async function suggestAmount(
	db: Db,
	{ userId, timeZone, membership }: Holder,
	{ categoryIds, currency, period: asked, ownShare }: SuggestionQuery,
	now = new Date()
): Promise<Suggestion> {
	checkCategories(membership ? builtIn : await bookOf(db, userId), categoryIds);
	const groupId = membership?.groupId ?? null;
	const today = wallClock(now, timeZone).date;
	const period = periodOf(asked, today);
	const known = groupId === null ? await knownOfPerson(db, userId) : await knownOfGroup(db, groupId);
	const index = periodIndex(period, today);
	const complete = Array.from({ length: periodsLookedAt[period.kind] }, (_, back) =>
		periodAt(period, index - 1 - back)
	);
	const ranges = complete.filter(
		({ start, end }) =>
			known && known.start <= addDays(start, slackDays) && known.end >= addDays(end, -slackDays)
	);
	const scope = { userId, groupId, categoryIds, currency, ownShare };
	const spent = await spentIn(
		db,
		ranges.map((range) => ({ scope, range }))
	);
	const amount = suggestedAmount(spent.map((one) => one.spent));
	return {
		amount: amount === null ? null : Number(amount),
		periods: ranges.map(({ start, end }, at) => ({
			...{ periodStart: start, periodEnd: end },
			spent: Number(spent[at]!.spent)
		}))
	};
}

/** From the first transaction to the last. */
async function knownOfPerson(db: Db, userId: string): Promise<DateRange | null> {
	const { _min, _max } = await db.transaction.aggregate({
		where: { userId },
		_min: { date: true },
		_max: { date: true }
	});
	return rangeOf(_min.date, _max.date);
}

async function knownOfGroup(db: Db, groupId: string): Promise<DateRange | null> {
	const { _min, _max } = await db.expense.aggregate({
		where: { groupId, deletedAt: null },
		_min: { date: true },
		_max: { date: true }
	});
	return rangeOf(_min.date, _max.date);
}

const rangeOf = (start: string | null, end: string | null): DateRange | null =>
	start !== null && end !== null ? { start, end } : null;
