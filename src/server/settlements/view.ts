import type { Prisma, Settlement, SettlementStatus } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';

/** The settlements that count: somebody said so, and nobody said that it is not so. */
export const countsAsPaid = {
	deletedAt: null,
	status: { not: 'disputed' }
} as const satisfies Prisma.SettlementWhereInput;

/** What {@link settlementView} needs beside the columns. */
export const settlementForView = {
	transaction: { select: { userId: true } }
} as const satisfies Prisma.SettlementInclude;

export type SettlementRow = Settlement & { transaction: { userId: string } | null };

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
	/** Only for whoever the transaction belongs to. */
	transactionId: string | null;
	createdBy: string;
	createdAt: Date;
};

/** A settlement as the API shows it to a member. */
export const settlementView = (row: SettlementRow, { userId }: Membership): SettlementView => ({
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
	transactionId: row.transaction?.userId === userId ? row.transactionId : null,
	createdBy: row.createdById,
	createdAt: row.createdAt
});
