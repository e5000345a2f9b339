import { builtIn } from '#lib/category-book.ts';
import type { Batch, CategoryName, Cell, Front } from '#lib/exports/document.ts';
import { byArea } from '#lib/exports/areas.ts';
import { asLocale, formatAmount, today, type Locale } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Db } from '../db/client.ts';
import { listExpenses } from '../expenses/list.ts';
import type { ExpenseView } from '../expenses/view.ts';
import { groupBalances } from '../groups/balances.ts';
import { getGroup } from '../groups/get.ts';
import { findMembership } from '../groups/membership.ts';
import { groupStatistics, type GroupStatistics } from '../reports/group.ts';
import { listSettlements } from '../settlements/list.ts';
import { categoryNames } from './categories.ts';
import { column } from './column.ts';
import { groupTables, place } from './group-tables.ts';
import type { Person } from './transactions.ts';
import { periodText, wordsIn } from './words.ts';
import type { Source } from './write.ts';

const pageRows = 200;

/**
 * A group as its member sees it: how everybody stands, what would make it even, expenses, shares and payments. Error: NOT_FOUND,
 * also in the middle of it for somebody who is no member any more.
 */
export async function exportGroup(
	db: Db,
	person: Person,
	groupId: string
): Promise<{ groupName: string; source: Source }> {
	const membership = await findMembership(db, person.id, groupId);
	const [group, statistics, dates] = await Promise.all([
		getGroup(db, membership),
		groupStatistics(db, membership, {}),
		covered(db, groupId)
	]);
	const locale = asLocale(person.locale);
	const madeOn = today(person.timeZone);
	const categories = categoryNames(builtIn, locale);
	const present = group.members.filter(({ removed }) => !removed).map(({ name }) => name);
	const document = {
		...{ locale, madeOn, categories, tables: groupTables(categories, locale) },
		title: group.name,
		about: m.exports_of_group_named({ name: group.name }, { locale }),
		author: person.name,
		who: [m.exports_of_members({ names: present.join(', ') }, { locale })],
		period: periodText(dates, locale),
		narrowed: [],
		front: frontOf(statistics, categories, locale),
		words: wordsIn(locale, madeOn)
	};
	const names = new Map(group.members.map(({ memberId, name }) => [memberId, name]));
	const read = new GroupRows(db, person.id, groupId, (memberId) => names.get(memberId) ?? '', locale);
	return { groupName: group.name, source: { document, batches: read.all() } };
}

/** From when to when its expenses and payments are; nothing where there are none. */
async function covered(db: Db, groupId: string): Promise<{ from?: string; to?: string }> {
	const asked = { where: { groupId, deletedAt: null }, _min: { date: true }, _max: { date: true } } as const;
	const ends = await Promise.all([db.expense.aggregate(asked), db.settlement.aggregate(asked)]);
	const dates = ends.flatMap(({ _min, _max }) => [_min.date ?? [], _max.date ?? []].flat()).sort();
	const [from, to] = [dates[0], dates.at(-1)];
	return from !== undefined && to !== undefined ? { from, to } : {};
}

/** What was spent together, by the figures of its statistics. */
function frontOf(
	{ currencies }: GroupStatistics,
	categories: Record<string, CategoryName>,
	locale: Locale
): Front {
	const options = { locale };
	const table = {
		...{ key: 'totals', title: m.exports_summary({}, options), empty: '' },
		columns: [
			column('currency', m.exports_currency({}, options), 'text', 0, { page: 20 }),
			column('amount', m.exports_together({}, options), 'money', 1, { currency: 0, page: 40 }),
			column('count', m.exports_expenses({}, options), 'number', 2, { page: 40 })
		]
	};
	return {
		totals: { table, rows: currencies.map(({ currency, amount, count }) => [currency, amount, count]) },
		charts: currencies.map(({ currency, categories: some }) => ({
			title: m.exports_chart({ currency }, options),
			bars: byArea(
				some.map(({ categoryId, amount }) => ({ id: categoryId, spent: amount })),
				categories
			).map(({ name, spent }) => ({ name, length: spent, text: formatAmount(spent, currency, options) }))
		}))
	};
}

class GroupRows {
	readonly #db: Db;
	readonly #userId: string;
	readonly #groupId: string;
	readonly #nameOf: (memberId: string) => string;
	readonly #locale: Locale;

	constructor(db: Db, userId: string, groupId: string, nameOf: (memberId: string) => string, locale: Locale) {
		this.#db = db;
		this.#userId = userId;
		this.#groupId = groupId;
		this.#nameOf = nameOf;
		this.#locale = locale;
	}

	async *all(): AsyncGenerator<Batch, void, undefined> {
		const { members, debts } = await groupBalances(this.#db, await this.#membership());
		yield batch(
			place.balances,
			members.flatMap(({ name, balances }) =>
				balances.map(({ amount, currency }): Cell[] => [name, amount, currency])
			)
		);
		yield batch(
			place.debts,
			debts.map(({ from, to, amount, currency }) => [
				...[this.#nameOf(from), this.#nameOf(to), amount, currency]
			])
		);
		for await (const page of this.#expenses())
			yield batch(
				place.expenses,
				page.map((one) => this.#expense(one))
			);
		for await (const page of this.#expenses())
			yield batch(
				place.shares,
				page.flatMap((one) => this.#shares(one))
			);
		yield* this.#settlements();
	}

	/** Asked for each page anew: whoever is taken out of the group reads no further. */
	#membership = () => findMembership(this.#db, this.#userId, this.#groupId);

	async *#expenses(): AsyncGenerator<ExpenseView[]> {
		let cursor: string | null | undefined;
		do {
			const query = { limit: pageRows, removed: false, ...(cursor && { cursor }) };
			const page = await listExpenses(this.#db, await this.#membership(), query);
			yield page.items;
			cursor = page.nextCursor;
		} while (cursor);
	}

	#expense(one: ExpenseView): Cell[] {
		const { date, amount, currency, description, categoryId, settleAmount, settleCurrency, notes, id } = one;
		return [
			...[date, amount, currency, description, categoryId, this.#payers(one)],
			...[settleAmount, settleCurrency, notes, id]
		];
	}

	/** Who paid; where several did, how much each. */
	#payers({ payers, currency }: ExpenseView): string {
		if (payers.length === 1) return this.#nameOf(payers[0]!.memberId);
		return payers
			.map(({ memberId, amount }) => {
				return `${this.#nameOf(memberId)} ${formatAmount(amount, currency, { locale: this.#locale })}`;
			})
			.join(', ');
	}

	#shares({ date, description, shares, settleCurrency, id }: ExpenseView): Cell[][] {
		return shares.map(({ memberId, amount, paid }) => [
			...[date, description, this.#nameOf(memberId), amount, settleCurrency, paid ? 'yes' : 'no', id]
		]);
	}

	async *#settlements(): AsyncGenerator<Batch, void, undefined> {
		let cursor: string | null | undefined;
		do {
			const query = { limit: pageRows, ...(cursor && { cursor }) };
			const page = await listSettlements(this.#db, await this.#membership(), query);
			yield batch(
				place.settlements,
				page.items.map(({ date, from, to, amount, currency, status, note, id }) => [
					...[date, this.#nameOf(from), this.#nameOf(to), amount, currency, status, note, id]
				])
			);
			cursor = page.nextCursor;
		} while (cursor);
	}
}

const batch = (table: number, rows: Cell[][]): Batch => ({ table, rows: JSON.stringify(rows) });
