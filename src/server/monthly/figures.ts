import { isCategoryGroup } from '#lib/categories.ts';
import { groupName } from '#lib/category-names.ts';
import { currencyFirst } from '#lib/groups/totals.ts';
import { asLocale, today } from '#lib/i18n.ts';
import { exactly } from '#lib/money.ts';
import { byGroup } from '#lib/reports/groups.ts';
import { firstOf, lastOf, monthOf } from '#lib/reports/period.ts';
import { listBudgets } from '../budgets/list.ts';
import { bookOf } from '../categories/book.ts';
import type { Db, User } from '../db/client.ts';
import { listGroups } from '../groups/list.ts';
import { dueBetween, type DuePayment } from '../recurring/due.ts';
import { spendingReport, type Amount, type Spending } from '../reports/spending.ts';
import { monthSummary } from '../transactions/summary.ts';

const categoriesShown = 6;
const merchantsShown = 5;

/** Minor units. `before`: of the month before, where something is known of that. `name`: null for all others together. */
export type NamedAmount = { name: string | null; amount: number; before?: number };

/** What a month came to, as the pages say it of the same month. Amounts in minor units, dates `YYYY-MM-DD`. */
export type MonthlyFigures = {
	/** YYYY-MM. */
	month: string;
	/** The one with most transactions first; none where the person has no transactions in that month. */
	currencies: {
		currency: string;
		/** Positive, both; `spent` below zero where more came back. */
		spent: number;
		spentBefore?: number;
		earned: number;
		/** Most first. They come to what was spent. */
		categories: NamedAmount[];
		merchants: NamedAmount[];
	}[];
	/** As they stood at the end of the month. `over`: their period ended with it. */
	budgets: {
		id: string;
		name: string;
		group: string | null;
		currency: string;
		spent: number;
		limit: number;
		remaining: number;
		periodStart: string;
		periodEnd: string;
		over: boolean;
	}[];
	/** What is expected from `madeOn` to the end of that month. */
	due: DuePayment[];
	groups: { name: string; balances: { currency: string; amount: number }[] }[];
	madeOn: string;
};

/** Adds up the month before for a person. Null where they have no transactions in it, and their groups no expenses. */
export async function monthlyFigures(
	db: Db,
	person: Pick<User, 'id' | 'locale' | 'timeZone'>,
	month: string,
	now: Date
): Promise<MonthlyFigures | null> {
	const userId = person.id;
	const locale = asLocale(person.locale);
	const madeOn = today(person.timeZone, now.getTime());
	const period = { from: firstOf(month), to: lastOf(month) };
	const report = (by: 'category' | 'merchant') =>
		spendingReport(db, userId, { ...period, by, direction: 'out', compare: 'previous', mine: false });
	const [summary, byCategory, byMerchant, budgets, due, groups, book] = await Promise.all([
		monthSummary(db, userId, { month }),
		report('category'),
		report('merchant'),
		budgetsAt(db, userId, period.to),
		dueBetween(db, userId, { from: madeOn, to: lastOf(monthOf(madeOn)) }),
		listGroups(db, userId),
		bookOf(db, userId)
	]);
	const totals = summary?.totals ?? [];
	if (totals.length === 0 && !(await anythingInGroups(db, userId, period))) return null;
	const groupNames = new Map(groups.map(({ id, name }) => [id, name]));
	return {
		...{ month, madeOn, due },
		currencies: totals.map(({ currency, spent, earned }) => {
			const { total, rows: categories } = inCurrency(byCategory, currency);
			const areas = byGroup(categories, (id) => book.groupOf(id)).map(({ key, ...amounts }) => ({
				name: isCategoryGroup(key)
					? groupName(key, { locale })
					: book.nameOf(key === 'none' ? null : key, { locale }),
				...amounts
			}));
			const { rows: merchants } = inCurrency(byMerchant, currency);
			return {
				...{ currency, earned, spent: exactly(0 - spent) },
				...(total.before !== undefined && { spentBefore: total.before }),
				categories: withOthers(areas, total),
				merchants: merchants
					.filter(({ key, amount }) => key !== null && amount > 0)
					.slice(0, merchantsShown)
					.map(({ key, name, ...amounts }) => named(name ?? key, amounts))
			};
		}),
		budgets: budgets.map(({ id, name, groupId, currency, status }) => ({
			...{ id, name, currency, group: groupId === null ? null : (groupNames.get(groupId) ?? null) },
			...{ spent: status.spent, limit: exactly(status.amount + status.carried) },
			...{ remaining: status.remaining, periodStart: status.periodStart, periodEnd: status.periodEnd },
			over: status.periodEnd <= period.to
		})),
		groups: groups
			.filter(({ archived }) => !archived)
			.map(({ name, currency, balances }) => ({ name, balances: currencyFirst(currency, balances) }))
	};
}

/** Noon, so that it is that day wherever a budget counts its days. */
async function budgetsAt(db: Db, userId: string, lastDay: string) {
	const all = await listBudgets(db, userId, new Date(`${lastDay}T12:00:00Z`));
	return all.filter(({ status }) => status.beginsOn === null);
}

/** A month without a transaction of one's own is still one to tell of where a group has shared something in it. */
async function anythingInGroups(
	db: Db,
	userId: string,
	{ from, to }: { from: string; to: string }
): Promise<boolean> {
	const group = { members: { some: { userId, removedAt: null } } };
	const shared = { group, deletedAt: null, date: { gte: from, lte: to } };
	return (await db.expense.count({ where: shared, take: 1 })) > 0;
}

type Rows = Pick<Spending['currencies'][number], 'total' | 'rows'>;
const nothing: Rows = { total: { amount: 0, count: 0 }, rows: [] };
const inCurrency = ({ currencies }: Spending, currency: string): Rows =>
	currencies.find((one) => one.currency === currency) ?? nothing;

type Compared = { amount: number; before?: number | undefined };

const named = (name: string | null, { amount, before }: Compared): NamedAmount => ({
	...{ name, amount },
	...(before !== undefined && { before })
});

/** The largest by name, and what remains of the total as one. */
function withOthers(areas: readonly (Compared & { name: string })[], total: Amount): NamedAmount[] {
	const used = areas.filter(({ amount, before }) => amount !== 0 || before);
	const shown = used.slice(0, used.length > categoriesShown ? categoriesShown - 1 : categoriesShown);
	const list = shown.map(({ name, ...amounts }) => named(name, amounts));
	if (shown.length === used.length) return list;
	const rest = (of: 'amount' | 'before'): number =>
		exactly((total[of] ?? 0) - shown.reduce((sum, one) => sum + (one[of] ?? 0), 0));
	const before = total.before === undefined ? undefined : rest('before');
	return [...list, named(null, { amount: rest('amount'), before })];
}
