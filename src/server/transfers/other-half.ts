import type { Db } from '../db/client.ts';

/** The other half of a transfer. */
export type OtherHalf = {
	id: string;
	date: string;
	accountId: string;
	/** The account's name. */
	account: string;
	/** The person has said that it is one. */
	byHand: boolean;
};

/** What the other half of the transfer is that one of a person's transactions belongs to; null when it belongs to none. */
export async function otherHalfOf(db: Db, userId: string, id: string): Promise<OtherHalf | null> {
	const link = await db.transfer.findFirst({ where: { OR: [{ outId: id }, { inId: id }] } });
	if (!link) return null;
	const other = await db.transaction.findFirst({
		where: { id: link.outId === id ? link.inId : link.outId, userId },
		select: { id: true, date: true, accountId: true, account: { select: { name: true } } }
	});
	return other && { ...other, account: other.account.name, byHand: link.byHand };
}
