import { sharers } from '#lib/groups/members-of.ts';
import type { Payer } from '#lib/groups/parts.ts';
import type { Split } from '#lib/groups/split.ts';
import type { Expense, ExpensePart, Prisma } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { countsAsPaid } from '../settlements/view.ts';

/** What {@link expenseView} needs of an expense beside its own columns. */
export const forView = {
	parts: true,
	settlements: { where: countsAsPaid, select: { fromId: true, toId: true, amount: true, currency: true } },
	transaction: { select: { userId: true } }
} as const satisfies Prisma.ExpenseInclude;

export type ExpenseRow = Expense & {
	parts: ExpensePart[];
	settlements: { fromId: string; toId: string; amount: bigint; currency: string }[];
	transaction: { userId: string } | null;
};

export type ExpenseView = {
	id: string;
	groupId: string;
	version: number;
	description: string;
	date: string;
	/** As it was entered, in minor units; negative for a refund. */
	currency: string;
	amount: number;
	payers: Payer[];
	split: Split;
	/** What it is owed in. Other than `currency` only when it was converted, at `rate`. */
	settleCurrency: string;
	settleAmount: number;
	rate: string | null;
	/** In minor units of `settleCurrency`. `paid`: this one owes nothing (more) for this expense. */
	shares: { memberId: string; amount: number; paid: boolean; odd: boolean }[];
	/** What it means to whoever asks, in `settleCurrency`; null when they have no part in it. */
	mine: { paid: number; share: number; net: number } | null;
	categoryId: string | null;
	notes: string;
	/** The media type of the receipt at `/api/groups/GROUPID/expenses/ID/receipt`. */
	receiptType: string | null;
	/** Only for whoever the transaction belongs to. */
	transactionId: string | null;
	scheduleId: string | null;
	/** A member. */
	createdBy: string;
	createdAt: Date;
	updatedAt: Date;
	deletedAt: Date | null;
};

/** An expense as the API shows it to a member. */
export function expenseView(row: ExpenseRow, { id: myId, userId }: Membership): ExpenseView {
	const split = row.split as Split;
	const parts = new Map(row.parts.map((part) => [part.memberId, part]));
	const mine = parts.get(myId);
	return {
		id: row.id,
		groupId: row.groupId,
		version: row.version,
		description: row.description,
		date: row.date,
		currency: row.currency,
		amount: Number(row.amount),
		payers: row.payers as Payer[],
		split,
		settleCurrency: row.settleCurrency,
		settleAmount: Number(row.settleAmount),
		rate: row.rate,
		shares: sharers(split).flatMap((memberId) => {
			const part = parts.get(memberId);
			if (!part) return [];
			return [{ memberId, amount: Number(part.share), paid: openShare(row, part) === 0n, odd: part.odd }];
		}),
		mine: mine
			? { paid: Number(mine.paid), share: Number(mine.share), net: Number(mine.paid - mine.share) }
			: null,
		categoryId: row.categoryId,
		notes: row.notes,
		receiptType: row.receiptType,
		transactionId: row.transaction?.userId === userId ? row.transactionId : null,
		scheduleId: row.scheduleId,
		createdBy: row.createdById,
		createdAt: row.createdAt,
		updatedAt: row.updatedAt,
		deletedAt: row.deletedAt
	};
}

/** What a member still owes for an expense: what their share is more than they paid, less what was settled for it. */
export function openShare({ settlements }: ExpenseRow, part: ExpensePart): bigint {
	const settled = settlements
		.filter(({ fromId, currency }) => fromId === part.memberId && currency === part.currency)
		.reduce((sum, { amount }) => sum + amount, 0n);
	const open = part.share - part.paid - settled;
	return open > 0n ? open : 0n;
}
