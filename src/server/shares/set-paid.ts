import { v7 } from 'uuid';
import { z } from 'zod';
import { maySettle, speaksFor, type Side } from '#lib/groups/speaking.ts';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Settlement, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { findExpense } from '../expenses/find.ts';
import { debtsOf, expenseView, type ExpenseRow, type ExpenseView } from '../expenses/view.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { sideOf } from '../settlements/sides.ts';
import { countsAsPaid } from '../settlements/view.ts';

export const paidShare = z.object({ expenseId: id, memberId: id, paid: z.boolean() });

/**
 * Says that a member has paid their share of an expense, or takes that back. It is money that went from them to whoever paid
 * more than their own share, and so it is kept as settlements: those stay when the expense is changed, also for somebody who is
 * not in it any more, until they are taken back. Whoever paid it, or got it, may say so (#lib/groups/speaking.ts); with several
 * who got it, each for themselves. What is so already changes nothing. Errors: NOT_FOUND, FORBIDDEN (`share_of_others`).
 */
export function setSharePaid(
	app: App,
	membership: Membership,
	{ expenseId, memberId, paid }: z.output<typeof paidShare>
): Promise<ExpenseView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const expense = await findExpense(tx, membership, expenseId);
		const isIn = expense.parts.some((part) => part.memberId === memberId);
		if (expense.deletedAt || !(isIn || (await hasPaid(tx, expenseId, memberId)))) throw notFound();
		const members = await tx.member.findMany({ where: { groupId: membership.groupId } });
		const people = new Map(members.map((member) => [member.id, { ...sideOf(member), name: member.name }]));
		const change = paid ? pay : takeBack;
		const moved = await change(tx, membership, expense, memberId, people);
		if (moved.size === 0) return expenseView(expense, membership);
		// What was paid before the expense got another currency is other money, and a line of its own.
		for (const [currency, amount] of moved) {
			const isOwn = memberId === membership.id;
			await recordChange(tx, app, membership, {
				kind: paid ? 'share_paid' : 'share_unpaid',
				subjectId: expenseId,
				summary: {
					title: expense.description,
					...(!isOwn && { name: people.get(memberId)!.name }),
					amount,
					currency
				}
			});
		}
		return expenseView(await findExpense(tx, membership, expenseId), membership);
	});
}

type People = ReadonlyMap<string, Side & { name: string }>;
/** Currency → how much, in minor units. */
type Moved = Map<string, number>;

/** Whether a member has ever said to have paid something for an expense: they may have been in it before it was changed. */
const hasPaid = async (tx: Tx, expenseId: string, fromId: string): Promise<boolean> =>
	(await tx.settlement.count({ where: { expenseId, fromId } })) > 0;

/** Settles what is still open. Returns how much that was. */
async function pay(
	tx: Tx,
	membership: Membership,
	expense: ExpenseRow,
	memberId: string,
	people: People
): Promise<Moved> {
	const moved: Moved = new Map();
	const payer = people.get(memberId)!;
	const due = debtsOf(expense).filter(({ from }) => from === memberId);
	if (due.length === 0) return moved;
	const mine = due.filter(({ to }) => maySettle(membership.id, payer, people.get(to)!));
	if (mine.length === 0) throw new DomainError('FORBIDDEN', 'share_of_others');
	const currency = expense.settleCurrency;
	for (const { to, amount } of mine) {
		const between = { expenseId: expense.id, fromId: memberId, toId: to };
		const isPayee = speaksFor(membership.id, people.get(to)!, payer);
		await say(tx, membership, between, {
			...{ currency, amount: BigInt(amount) },
			date: new Date().toISOString().slice(0, 10),
			status: isPayee ? 'confirmed' : 'marked'
		});
		moved.set(currency, (moved.get(currency) ?? 0) + amount);
	}
	return moved;
}

/**
 * Writes a payment down. Where others between the two for this expense were disputed, it takes their place: a disputed one
 * that stayed could still be confirmed, and the same money would count twice.
 */
async function say(
	tx: Tx,
	{ id: createdById, groupId }: Membership,
	between: { expenseId: string; fromId: string; toId: string },
	said: Pick<Settlement, 'currency' | 'amount' | 'date' | 'status'>
): Promise<void> {
	const disputed = await tx.settlement.findMany({
		where: { ...between, groupId, status: 'disputed', deletedAt: null },
		select: { id: true },
		orderBy: { id: 'asc' }
	});
	const [first, ...others] = disputed.map(({ id }) => id);
	if (first === undefined) {
		await tx.settlement.create({ data: { id: v7(), groupId, createdById, ...between, ...said } });
		return;
	}
	await tx.settlement.update({ where: { id: first }, data: said });
	await tx.settlement.updateMany({ where: { id: { in: others } }, data: { deletedAt: new Date() } });
}

/** Takes back what a member has paid for an expense. Returns how much that was. */
async function takeBack(
	tx: Tx,
	{ id, groupId }: Membership,
	expense: ExpenseRow,
	memberId: string,
	people: People
): Promise<Moved> {
	const paid = await tx.settlement.findMany({
		where: { ...countsAsPaid, expenseId: expense.id, fromId: memberId, groupId },
		orderBy: { currency: 'asc' }
	});
	const mine = paid.filter(({ toId }) => maySettle(id, people.get(memberId)!, people.get(toId)!));
	if (paid.length > 0 && mine.length === 0) throw new DomainError('FORBIDDEN', 'share_of_others');
	await tx.settlement.updateMany({
		where: { id: { in: mine.map(({ id }) => id) } },
		data: { deletedAt: new Date() }
	});
	const moved: Moved = new Map();
	for (const { currency, amount } of mine) moved.set(currency, (moved.get(currency) ?? 0) + Number(amount));
	return moved;
}
