import type { Member, Settlement, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';

export type SettlementWithPeople = Settlement & { from: Member; to: Member };

/** A settlement of the member's group, with both sides. Error: NOT_FOUND, also for one that was removed unless `removed` may be. */
export async function findSettlement(
	tx: Tx,
	{ groupId }: Membership,
	id: string,
	{ removed = false } = {}
): Promise<SettlementWithPeople> {
	const row = await tx.settlement.findFirst({ where: { id, groupId } });
	if (!row || (row.deletedAt && !removed)) throw notFound();
	const from = await tx.member.findUniqueOrThrow({ where: { id: row.fromId } });
	const to = await tx.member.findUniqueOrThrow({ where: { id: row.toId } });
	return { ...row, from, to };
}

/** What a settlement is called in the log. */
export const settlementSummary = ({
	note,
	amount,
	currency
}: {
	note: string;
	amount: bigint;
	currency: string;
}) => ({
	...(note && { title: note }),
	amount: Number(amount),
	currency
});
