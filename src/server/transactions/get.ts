import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { otherHalfOf, type OtherHalf } from '../transfers/other-half.ts';
import { refundedBy, type Refunded } from './refunded.ts';
import { splitsOf } from './splits.ts';
import { isTiedNow } from './tie.ts';
import { transactionView, wordsFor, type Reader, type TransactionView } from './list.ts';

export type TransactionDetails = TransactionView & {
	/** The line of the file that it was read from. */
	raw: string;
	line: number | null;
	/** How many others are of the same merchant. */
	similar: number;
	/** It belongs to an expense or a payment of a group, also of one that the person has left: to no other one, then. */
	tied: boolean;
	/** The other half of the transfer between own accounts that it is half of. */
	transfer: OtherHalf | null;
	/** It gives back what was spent: of this payment, where that is clear. */
	refund: { payment: Refunded | null } | null;
};

/** One of a person's transactions, with what only its own page shows. Error: NOT_FOUND. */
export async function getTransaction(db: Db, reader: Reader, id: string): Promise<TransactionDetails> {
	const { id: userId } = reader;
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
	const tied = await isTiedNow(db, id);
	const words = await wordsFor(db, reader);
	const refund = await refundedBy(db, { ...row, group: words.book.groupOf(row.categoryId ?? '') });
	const transfer = await otherHalfOf(db, userId, id);
	return { ...transactionView(shown, words, split), raw, line, similar, tied, transfer, refund };
}
