import type { DateRange } from '#lib/budgets/period.ts';
import { monthOf } from '#lib/reports/period.ts';
import type { Db } from '../db/client.ts';

/** A period that is asked for; what is left open of it reaches to the first or the last transaction. Null when there are none. */
export async function knownRange(
	db: Db,
	userId: string,
	{ from, to }: { from?: string | undefined; to?: string | undefined }
): Promise<DateRange | null> {
	const outermost = async (order: 'asc' | 'desc'): Promise<string | undefined> => {
		const orderBy = [{ date: order }, { id: order }];
		return (await db.transaction.findFirst({ where: { userId }, orderBy, select: { date: true } }))?.date;
	};
	const [start, end] = [from ?? (await outermost('asc')), to ?? (await outermost('desc'))];
	return start !== undefined && end !== undefined && start <= end ? { start, end } : null;
}

/** A period to compare with; null where nothing is known of its first month, so that less is not taken for nothing. */
export async function knownBefore(db: Db, userId: string, earlier: DateRange): Promise<DateRange | null> {
	const known = await knownRange(db, userId, { to: earlier.end });
	return known && monthOf(known.start) <= monthOf(earlier.start) ? earlier : null;
}
