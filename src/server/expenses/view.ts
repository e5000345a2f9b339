import type { Position, Transfer } from '#lib/groups/debts.ts';
import { sharers } from '#lib/groups/members-of.ts';
import { lessPaid, openDebts } from '#lib/groups/open-debts.ts';
import type { Payer } from '#lib/groups/parts.ts';
import type { Split } from '#lib/groups/split.ts';
import type { Expense, ExpensePart, Prisma } from '../db/client.ts';
import type { Membership } from '../groups/membership.ts';
import { countsAsPaid } from '../settlements/view.ts';

/** What {@link expenseView} needs of an expense beside its own columns. */
export const forView = {
	parts: true,
	settlements: {
		where: countsAsPaid,
		select: { fromId: true, toId: true, amount: true, currency: true },
		orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
	},
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
	/** The how manieth of its group it is, from 0: decides whose turn an odd unit is. Null: its id does, as it is older than turns. */
	turn: number | null;
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
	/** The same as it is sent; null where it was not converted. */
	conversion: { currency: string; rate: string } | null;
	/** In minor units of `settleCurrency`. `paid`: this one owes nothing (more) to those who paid for this expense. */
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
	const open = new Map(
		lessPaid(positionsIn(row), paymentsFor(row)).map(({ memberId, amount }) => [memberId, amount])
	);
	return {
		id: row.id,
		groupId: row.groupId,
		version: row.version,
		turn: row.turn,
		description: row.description,
		date: row.date,
		currency: row.currency,
		amount: Number(row.amount),
		payers: row.payers as Payer[],
		split,
		settleCurrency: row.settleCurrency,
		settleAmount: Number(row.settleAmount),
		rate: row.rate,
		conversion: conversionOf(row),
		shares: sharers(split).flatMap((memberId) => {
			const part = parts.get(memberId);
			if (!part) return [];
			return [{ memberId, amount: Number(part.share), paid: (open.get(memberId) ?? 0) >= 0, odd: part.odd }];
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

/** What an expense is owed in and at which rate, as it is sent; null where it is owed in its own currency. */
export const conversionOf = ({
	rate,
	settleCurrency
}: Pick<Expense, 'rate' | 'settleCurrency'>): ExpenseView['conversion'] =>
	rate === null ? null : { currency: settleCurrency, rate };

/** Who has still to pay whom for an expense, in minor units of its `settleCurrency`. Nobody for one that is removed. */
export const debtsOf = (row: ExpenseRow): Transfer[] =>
	row.deletedAt ? [] : openDebts(positionsIn(row), paymentsFor(row));

const positionsIn = ({ parts }: ExpenseRow): Position[] =>
	parts.map(({ memberId, paid, share }) => ({ memberId, amount: Number(paid - share) }));

/** What was paid in another currency, before that was changed, pays nothing that is owed in this one. */
const paymentsFor = ({ settlements, settleCurrency }: ExpenseRow): Transfer[] =>
	settlements
		.filter(({ currency }) => currency === settleCurrency)
		.map(({ fromId, toId, amount }) => ({ from: fromId, to: toId, amount: Number(amount) }));
