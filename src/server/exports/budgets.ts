import { z } from 'zod';
import { overview } from '#lib/budgets/overview.ts';
import { builtIn } from '#lib/category-book.ts';
import { addDays, addMonths } from '#lib/dates.ts';
import type { Cell, Front, Table } from '#lib/exports/document.ts';
import { asLocale, formatAmount, formatDate, today, type Locale } from '#lib/i18n.ts';
import { exactly } from '#lib/money.ts';
import { m } from '#lib/paraglide/messages.js';
import { listBudgets } from '../budgets/list.ts';
import type { BudgetWithStatus } from '../budgets/view.ts';
import type { Db } from '../db/client.ts';
import { categoryNames } from './categories.ts';
import { column } from './column.ts';
import type { Person } from './transactions.ts';
import { wordsIn } from './words.ts';
import type { Source } from './write.ts';

export const budgetsQuery = z.object({
	/** YYYY-MM; without one, that of today. */
	month: z
		.string()
		.regex(/^\d{4}-(0[1-9]|1[0-2])$/)
		.optional()
});

const at = {
	name: 0,
	group: 1,
	begin: 2,
	end: 3,
	amount: 4,
	carried: 5,
	spent: 6,
	left: 7,
	used: 8,
	currency: 9,
	id: 10
} as const;

/**
 * A person's budgets and those of their groups as they stood at the end of a month, or stand now where it is not over. Those that
 * began later are left out.
 */
export async function exportBudgets(
	db: Db,
	person: Person,
	{ month }: z.output<typeof budgetsQuery>
): Promise<{ month: string; source: Source }> {
	const locale = asLocale(person.locale);
	const madeOn = today(person.timeZone);
	const shown = month ?? madeOn.slice(0, 7);
	const lastDay = addDays(addMonths(`${shown}-01`, 1), -1);
	// Noon, so that it is that day wherever a budget counts its days.
	const budgets = await listBudgets(
		db,
		person.id,
		lastDay < madeOn ? new Date(`${lastDay}T12:00:00Z`) : new Date()
	);
	const groups = await db.group.findMany({
		where: { id: { in: budgets.flatMap(({ groupId }) => groupId ?? []) } },
		select: { id: true, name: true }
	});
	const groupNames = Object.fromEntries(groups.map(({ id, name }) => [id, name]));
	const begun = budgets.filter(({ status }) => status.beginsOn === null);
	const rows = begun.map(({ id, name, groupId, currency, status }): Cell[] => [
		...[name, groupId, status.periodStart, status.periodEnd, status.amount, status.carried],
		...[status.spent, status.remaining, status.percent, currency, id]
	]);
	const document = {
		...{ locale, madeOn, tables: [table(groupNames, locale)] },
		title: m.exports_budgets({}, { locale }),
		author: person.name,
		who: [person.name, person.email],
		period: formatDate(`${shown}-01`, { locale, style: 'month' }),
		narrowed: [],
		categories: categoryNames(builtIn, locale),
		front: frontOf(begun, locale),
		words: wordsIn(locale, madeOn)
	};
	return { month: shown, source: { document, batches: once(rows) } };
}

/** What the budgets come to as their page says it, and how far each has been spent. */
function frontOf(budgets: readonly BudgetWithStatus[], locale: Locale): Front {
	const options = { locale };
	const money = { currency: 0, page: 20 };
	// Money of groups is not one's own alone: beside budgets of one's own it is in no sum.
	const isOwn = new Set(budgets.map(({ groupId }) => groupId === null));
	const title = isOwn.size > 1 ? m.exports_summary_own({}, options) : m.exports_summary({}, options);
	const table = {
		...{ key: 'totals', title, empty: '' },
		columns: [
			column('currency', m.exports_currency({}, options), 'text', 0, { page: 12 }),
			column('begin', m.exports_begin({}, options), 'date', 1, { page: 16 }),
			column('end', m.exports_end({}, options), 'date', 2, { page: 16 }),
			column('limit', m.exports_limit({}, options), 'money', 3, money),
			column('spent', m.exports_spent({}, options), 'money', 4, money),
			column('left', m.exports_left({}, options), 'money', 5, money)
		]
	};
	const rows = overview(budgets).map(({ currency, periodStart, periodEnd, limit, remaining }): Cell[] => [
		...[currency, periodStart, periodEnd, limit, exactly(limit - remaining), remaining]
	]);
	const charts = [...Map.groupBy(budgets, ({ currency }) => currency)].map(([currency, some]) => ({
		title: m.exports_chart_budgets({ currency }, options),
		bars: some.map(({ name, status }) => {
			const limit = exactly(status.amount + status.carried);
			const [spent, of] = [status.spent, limit].map((amount) => formatAmount(amount, currency, options));
			return {
				name,
				length: status.spent,
				of: limit,
				text: m.exports_spent_of({ spent: spent!, limit: of! }, options)
			};
		})
	}));
	return { totals: { table, rows }, charts };
}

async function* once(rows: Cell[][]): Source['batches'] {
	yield { table: 0, rows: JSON.stringify(rows) };
}

function table(groups: Record<string, string>, locale: Locale): Table {
	const options = { locale };
	const money = (key: string, header: string, place: number, page?: number) =>
		column(key, header, 'money', place, { currency: at.currency, sheet: 18, ...(page && { page }) });
	return {
		key: 'budgets',
		title: m.exports_budgets({}, options),
		empty: m.exports_no_budgets({}, options),
		columns: [
			column('name', m.exports_budget({}, options), 'text', at.name, { sheet: 28, page: 24 }),
			column('group', m.exports_of_group({}, options), 'text', at.group, {
				...{ names: groups, sheet: 22, under: 'name' }
			}),
			column('begin', m.exports_begin({}, options), 'date', at.begin, { sheet: 12, page: 17 }),
			column('end', m.exports_end({}, options), 'date', at.end, { sheet: 12, page: 17 }),
			money('amount', m.exports_limit({}, options), at.amount, 16),
			money('carried', m.exports_carried({}, options), at.carried, 15),
			money('spent', m.exports_spent({}, options), at.spent, 16),
			money('left', m.exports_left({}, options), at.left, 16),
			column('percent', m.exports_used({}, options), 'percent', at.used, { sheet: 10, page: 10 }),
			column('currency', m.exports_currency({}, options), 'text', at.currency, { sheet: 10 }),
			column('id', 'id', 'text', at.id)
		]
	};
}
