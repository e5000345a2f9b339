import { asLocale } from '#lib/i18n.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { splitsOf } from './splits.ts';
import { transactionView, type Reader, type TransactionView } from './list.ts';

/** One of a person's transactions, with the raw line it was read from. Error: NOT_FOUND. */
export async function getTransaction(
	db: Db,
	{ id: userId, locale }: Reader,
	id: string
): Promise<TransactionView & { raw: string; line: number | null; similar: number }> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const similar = await db.transaction.count({
		where: { userId, merchantKey: row.merchantKey, id: { not: id } }
	});
	const {
		merchantKey: _key,
		search: _search,
		fingerprint: _print,
		occurrence: _nth,
		userId: _user,
		raw,
		line,
		...shown
	} = row;
	const split = (await splitsOf(db, userId, [id])).get(id);
	return { ...transactionView(shown, asLocale(locale), split), raw, line, similar };
}
