import { z } from 'zod';
import { text } from '#lib/schemas.ts';
import { searchText } from '#lib/search.ts';
import type { Db, Prisma } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';
import { restorableSince } from '../restorable.ts';
import { expenseView, forView, type ExpenseView } from './view.ts';

/** How many expenses a search looks at for one page. */
const rowsSifted = 5000;

export const expensesQuery = z.object({
	cursor: text(100).optional(),
	limit: z.number().int().min(1).max(200).default(50),
	/** Words that are all in the description or the notes. */
	q: text(200).optional(),
	/** Those that were removed, and can be restored, instead of those that are there. */
	removed: z.boolean().default(false)
});

/**
 * One page of a group's expenses, newest first. Pages go by the last one seen. A search looks through {@link rowsSifted} at a
 * time: a page may be short, or empty, and still name a `nextCursor` to go on from. Error: INVALID (a cursor that is none of ours).
 */
export async function listExpenses(
	db: Db,
	membership: Membership,
	{ cursor, limit, q, removed }: z.output<typeof expensesQuery>
): Promise<{ items: ExpenseView[]; nextCursor: string | null }> {
	const words = searchText(q ?? '')
		.split(' ')
		.filter(Boolean);
	const range = {
		where: {
			groupId: membership.groupId,
			deletedAt: removed ? { gte: restorableSince(new Date()) } : null,
			...(cursor && beyond(cursor))
		},
		orderBy: [{ date: 'desc' }, { id: 'desc' }]
	} as const satisfies Prisma.ExpenseFindManyArgs;
	if (words.length === 0) {
		const rows = await db.expense.findMany({ ...range, include: forView, take: limit + 1 });
		const items = rows.slice(0, limit).map((row) => expenseView(row, membership));
		return { items, nextCursor: rows.length > limit ? cursorOf(items.at(-1)) : null };
	}
	// The two databases fold case differently, so the words are looked for here.
	const texts = { id: true, date: true, description: true, notes: true } as const;
	const rows = await db.expense.findMany({ ...range, select: texts, take: rowsSifted + 1 });
	const found = rows
		.slice(0, rowsSifted)
		.filter(({ description, notes }) => words.every((word) => searchText(description, notes).includes(word)));
	const ids = found.slice(0, limit).map(({ id }) => id);
	const page = await db.expense.findMany({
		where: { id: { in: ids } },
		include: forView,
		orderBy: range.orderBy
	});
	const items = page.map((row) => expenseView(row, membership));
	if (found.length > limit) return { items, nextCursor: cursorOf(found[limit - 1]) };
	return { items, nextCursor: rows.length > rowsSifted ? cursorOf(rows[rowsSifted - 1]) : null };
}

const cursorOf = (last: { date: string; id: string } | undefined): string | null =>
	last ? `${last.date}_${last.id}` : null;

/** What comes after a row in a list that is newest first, by date and then id. Error: INVALID (`bad_cursor`). */
export function beyond(cursor: string): { OR: [object, object] } {
	const [date, id] = cursor.split('_');
	if (!date || !id) throw new DomainError('INVALID', 'bad_cursor');
	return { OR: [{ date: { lt: date } }, { date, id: { lt: id } }] };
}
