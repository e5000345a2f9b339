/** Budgets, and spending that moves them, for tests of what comes of both. */
import { v7 } from 'uuid';
import { newBudget } from '#lib/budgets/budget.ts';
import type { App } from '#server/app.ts';
import { createBudget } from '#server/budgets/create.ts';
import { findBudget } from '#server/budgets/find.ts';
import { withStatus, type BudgetStatus, type BudgetView } from '#server/budgets/view.ts';
import { findMembership } from '#server/groups/membership.ts';
import type { Api } from './api.ts';
import type { Person } from './person.ts';

export type NewBudget = Parameters<Api['budgets']['create']['mutate']>[0];
export type Booking = { date: string; amount: number; categoryId?: string | null; currency?: string };

/** The middle of a day. */
export const noonOf = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** Books transactions on an account of somebody's, with their categories as they are to be. Returns their ids. */
export async function book(
	{ db }: Pick<App, 'db'>,
	{ id: userId }: Pick<Person, 'id'>,
	bookings: readonly Booking[]
): Promise<string[]> {
	const accountId = (await db.account.findFirst({ where: { userId } }))?.id ?? v7();
	await db.account.upsert({
		where: { id: accountId },
		create: { id: accountId, userId, name: 'Giro', currency: 'EUR' },
		update: {}
	});
	const rows = bookings.map(({ date, amount, categoryId = 'groceries', currency = 'EUR' }) => ({
		...{ id: v7(), userId, accountId, date, amount, currency, categoryId, fingerprint: v7(), occurrence: 1 },
		...{ description: 'Booking', merchant: 'Booking', merchantKey: 'booking', search: 'booking' }
	}));
	await db.transaction.createMany({ data: rows });
	return rows.map(({ id }) => id);
}

/** 100.00 EUR a month for groceries, and whatever is said otherwise. */
export const groceries = (more: Partial<NewBudget> = {}): NewBudget => ({
	...{ name: 'Groceries', categoryIds: ['groceries'], currency: 'EUR', amount: 10_000, period: 'monthly' },
	...more
});

/** Makes a budget as if it were another day. */
export async function makeBudget(
	app: Pick<App, 'db' | 'live'>,
	{ id: userId }: Pick<Person, 'id'>,
	more: Partial<NewBudget> = {},
	now: Date = new Date()
): Promise<BudgetView> {
	const { timeZone } = await app.db.user.findUniqueOrThrow({ where: { id: userId } });
	const membership = more.groupId ? await findMembership(app.db, userId, more.groupId) : null;
	return createBudget(app, { userId, timeZone, membership }, newBudget.parse(groceries(more)), now);
}

/** How a budget stands on another day. */
export async function statusOn(
	{ db }: Pick<App, 'db'>,
	{ id: userId }: Pick<Person, 'id'>,
	budgetId: string,
	now: Date
): Promise<BudgetStatus> {
	const [found] = await withStatus(db, userId, [await findBudget(db, userId, budgetId)], now);
	return found!.status;
}
