import type { z } from 'zod';
import type { DateRange } from '#lib/budgets/period.ts';
import { exactly } from '#lib/money.ts';
import { addMonths } from '#lib/dates.ts';
import { areaOf } from '#lib/reports/groups.ts';
import { comparedWith, firstOf, monthOf, monthsBetween, monthsFrom } from '#lib/reports/period.ts';
import {
	flows,
	keysOf,
	totalOf,
	totalsBy,
	totalsByMonth,
	type Sum,
	type Sums,
	type Total,
	type Totals
} from '#lib/reports/sums.ts';
import { bookOf } from '../categories/book.ts';
import type { Db } from '../db/client.ts';
import { namedCategories } from '../transactions/list.ts';
import { knownBefore, knownRange } from './known-range.ts';
import { merchantNames } from './merchant-names.ts';
import { sumsOf } from './own-sums.ts';
import type { spendingQuery } from './query.ts';

/** So many merchants are told of one by one. */
const merchantsShown = 100;

/** Minor units: what was spent (or earned) is positive, below zero where more came back. */
export type Amount = { amount: number; count: number; before?: number };

export type SpendingRow = Amount & {
	/** By what was asked for: a category's id (null: none yet), a merchant's key, an account's id, a month YYYY-MM. */
	key: string | null;
	/** Of a merchant, as people read it. */
	name?: string;
	/** Of a month: its amount by area, see `areaOf` of #lib/reports/groups.ts. */
	groups?: { key: string; amount: number }[];
};

export type Spending = {
	/** Null, as `to`: nothing is known. */
	from: string | null;
	to: string | null;
	/** What `before` is of; null also where nothing is known of its first month in any currency. */
	before: { from: string; to: string } | null;
	/** The one with most transactions first. */
	currencies: {
		currency: string;
		/** It has no `before` where nothing is known of its first month, so that less is not taken for nothing; nor do rows then. */
		total: Amount;
		/** Instead of `before`: the first date that something is known of. */
		knownFrom?: string;
		/** Most first; months in their order. */
		rows: SpendingRow[];
		/** The merchants that are not told of one by one, together. */
		rest: (Amount & { merchants: number }) | null;
	}[];
};

/**
 * What was spent or earned between two dates, by category, merchant, account or month: refunds count against what was spent,
 * transfers between own accounts nowhere. `compare` adds what it was before. Errors: INVALID (`unknown_category`, `bad_period`).
 */
export async function spendingReport(
	db: Db,
	userId: string,
	{
		from,
		to,
		by,
		direction,
		compare,
		accountId,
		categoryId,
		merchantKey,
		mine
	}: z.output<typeof spendingQuery>
): Promise<Spending> {
	const book = await bookOf(db, userId);
	const categories = categoryId === undefined ? null : new Set(namedCategories(categoryId, book));
	const isAsked = (sum: Sum): boolean =>
		(accountId === undefined || sum.accountId === accountId) &&
		(categories === null || categories.has(sum.categoryId)) &&
		(merchantKey === undefined || sum.merchantKey === merchantKey);
	const range = await knownRange(db, userId, { from, to });
	if (!range) return { from: from ?? null, to: to ?? null, before: null, currencies: [] };
	const wanted = compare ? comparedWith(range, compare) : null;
	const known = wanted && (await knownBefore(db, userId, wanted, accountId));
	const earlier = known?.hasAny ? wanted : null;
	const merchants = by === 'merchant' || merchantKey !== undefined;
	const sumsOn = async (one: DateRange): Promise<Sums> => {
		const sums = await sumsOf(db, userId, one, { mine, merchants });
		return (visit) => sums((sum) => isAsked(sum) && visit(sum));
	};
	const [sums, sumsBefore] = await Promise.all([sumsOn(range), earlier && sumsOn(earlier)]);
	const flow = flows((id) => book.groupOf(id));
	const totals = totalsBy(sums, keysOf[by], flow, direction);
	const later = earlier ? monthsBetween(monthOf(earlier.start), monthOf(range.start)) : 0;
	const keyBefore = (sum: Sum) =>
		by === 'month' ? monthOf(addMonths(firstOf(sum.month), later)) : keysOf[by](sum);
	const before = earlier && totalsBy(sumsBefore!, keyBefore, flow, direction);

	const groupKey = ({ categoryId }: Sum) => areaOf(categoryId, (id) => book.groupOf(id));
	const groups = by === 'month' ? totalsByMonth(sums, groupKey, flow, direction) : null;
	const isKnown = (currency: string): boolean => known?.hasCurrency(currency) ?? false;
	const isRowKnown = (key: string | null): boolean =>
		by !== 'account' || (known?.hasAccount(key ?? '') ?? false);
	const ordered = new Map(
		currenciesOf(totals, before).map((currency) => {
			const [now, then] = [
				totals.get(currency) ?? none,
				isKnown(currency) ? (before?.get(currency) ?? none) : null
			];
			return [currency, { now, then, keys: by === 'month' ? monthsIn(range) : byAmount(now, then) }];
		})
	);
	const shownOf = <T>(keys: readonly T[]): T[] =>
		keys.slice(0, by === 'merchant' ? merchantsShown : undefined);
	const merchantKeys = [...ordered.values()].flatMap(({ keys }) => shownOf(keys).flatMap((key) => key ?? []));
	const names = by === 'merchant' ? await merchantNames(db, userId, merchantKeys) : null;
	return {
		from: range.start,
		to: range.end,
		before: earlier && { from: earlier.start, to: earlier.end },
		currencies: [...ordered].map(([currency, { now, then, keys }]) => {
			const hidden = keys.slice(shownOf(keys).length);
			const knownFrom = then ? undefined : known?.firstDate(currency);
			return {
				...{ currency, ...(knownFrom !== undefined && { knownFrom }) },
				total: together([...now.keys(), ...(then?.keys() ?? [])], now, then),
				rows: shownOf(keys).map((key) => ({
					key,
					...together([key], now, isRowKnown(key) ? then : null),
					...(names && key !== null && { name: names.get(key) ?? key }),
					...(groups && { groups: groupAmounts(groups.get(key ?? '')?.get(currency)) })
				})),
				rest: hidden.length > 0 ? { merchants: hidden.length, ...together(hidden, now, then) } : null
			};
		})
	};
}

type Keys = ReadonlyMap<string | null, Total>;

const none: Keys = new Map();

const monthsIn = ({ start, end }: DateRange): string[] => monthsFrom(monthOf(start), monthOf(end));

function currenciesOf(totals: Totals, before: Totals | null): string[] {
	const counts = (of: Totals | null, currency: string): number =>
		totalOf(of?.get(currency)?.values() ?? []).count;
	return [...new Set([...totals.keys(), ...(before?.keys() ?? [])])].sort(
		(a, b) =>
			counts(totals, b) - counts(totals, a) || counts(before, b) - counts(before, a) || (a < b ? -1 : 1)
	);
}

/** All keys of now and before, the one with most first. */
function byAmount(now: Keys, before: Keys | null): (string | null)[] {
	const of = (keys: Keys | null, key: string | null): number => keys?.get(key)?.amount ?? 0;
	return [...new Set([...now.keys(), ...(before?.keys() ?? [])])].sort(
		(a, b) => of(now, b) - of(now, a) || of(before, b) - of(before, a) || ((a ?? '') < (b ?? '') ? -1 : 1)
	);
}

/** What some keys come to; each counts once. */
function together(keys: Iterable<string | null>, now: Keys, before: Keys | null): Amount {
	const sum = (of: Keys) => totalOf([...new Set(keys)].flatMap((key) => of.get(key) ?? []));
	const { amount, count } = sum(now);
	return { amount: exactly(amount), count, ...(before && { before: exactly(sum(before).amount) }) };
}

const groupAmounts = (groups: Keys = none): { key: string; amount: number }[] =>
	[...groups].flatMap(([key, { amount }]) => (key ? [{ key, amount: exactly(amount) }] : []));
