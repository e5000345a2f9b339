import type { Prisma, Settlement, SettlementStatus } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { ownLink } from './sides.ts';

/** The settlements that count: somebody said so, and nobody said that it is not so. */
export const countsAsPaid = {
	deletedAt: null,
	status: { not: 'disputed' }
} as const satisfies Prisma.SettlementWhereInput;

export type SettlementView = {
	id: string;
	groupId: string;
	/** The member who paid, and the one who got it. */
	from: string;
	to: string;
	currency: string;
	/** In minor units, above zero. */
	amount: number;
	date: string;
	/** `marked` by whoever paid; `confirmed` or `disputed` by whoever got it. A disputed one does not count. */
	status: SettlementStatus;
	note: string;
	/** It pays a share of this expense. */
	expenseId: string | null;
	/** The bank transaction that it is on one's own account: each side sees and ties its own. */
	transactionId: string | null;
	createdBy: string;
	createdAt: Date;
	/** Taken back: it counts no more. */
	deletedAt: Date | null;
};

/** A settlement as the API shows it to a member. */
export function settlementView(row: Settlement, membership: Pick<Membership, 'id'>): SettlementView {
	const link = ownLink(membership, row);
	return {
		id: row.id,
		groupId: row.groupId,
		from: row.fromId,
		to: row.toId,
		currency: row.currency,
		amount: Number(row.amount),
		date: row.date,
		status: row.status,
		note: row.note,
		expenseId: row.expenseId,
		transactionId: link && row[link],
		createdBy: row.createdById,
		createdAt: row.createdAt,
		deletedAt: row.deletedAt
	};
}
