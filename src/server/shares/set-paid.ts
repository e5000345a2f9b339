import { v7 } from 'uuid';
import { z } from 'zod';
import { simplify } from '#lib/groups/debts.ts';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Member, type Settlement, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { findExpense } from '../expenses/find.ts';
import { expenseView, openShare, type ExpenseRow, type ExpenseView } from '../expenses/view.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { standsFor } from '../settlements/stands-for.ts';
import { countsAsPaid } from '../settlements/view.ts';

export const paidShare = z.object({ expenseId: id, memberId: id, paid: z.boolean() });

/**
 * Says that a member has paid their share of an expense, or takes that back. It is money that went from them to whoever paid
 * more than their own share, and so it is kept as settlements. Whoever paid it, or got it, may say so; with several who got it,
 * each for themselves. What is so already changes nothing. Errors: NOT_FOUND, FORBIDDEN (`share_of_others`).
 */
export function setSharePaid(
	app: App,
	membership: Membership,
	{ expenseId, memberId, paid }: z.output<typeof paidShare>
): Promise<ExpenseView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const expense = await findExpense(tx, membership, expenseId);
		if (expense.deletedAt || !expense.parts.some((part) => part.memberId === memberId)) throw notFound();
		const members = await tx.member.findMany({ where: { groupId: membership.groupId } });
		const people = new Map(members.map((member) => [member.id, member]));
		const change = paid ? pay : takeBack;
		const amount = await change(tx, membership, expense, memberId, people);
		if (amount === 0n) return expenseView(expense, membership);
		await recordChange(tx, app, membership, {
			kind: paid ? 'share_paid' : 'share_unpaid',
			subjectId: expenseId,
			summary: {
				title: expense.description,
				name: people.get(memberId)!.name,
				amount: Number(amount),
				currency: expense.settleCurrency
			}
		});
		return expenseView(await findExpense(tx, membership, expenseId), membership);
	});
}

type People = ReadonlyMap<string, Member>;

/** Settles what is still open. Returns how much that was. */
async function pay(
	tx: Tx,
	membership: Membership,
	expense: ExpenseRow,
	memberId: string,
	people: People
): Promise<bigint> {
	const part = expense.parts.find((one) => one.memberId === memberId)!;
	let open = openShare(expense, part);
	if (open === 0n) return 0n;
	const payer = people.get(memberId)!;
	const due = dueTo(expense, memberId).map(({ to, amount }) => ({ payee: people.get(to)!, amount }));
	const mine = due.filter(({ payee }) => standsFor(membership, payer) || standsFor(membership, payee));
	if (mine.length === 0) throw new DomainError('FORBIDDEN', 'share_of_others');
	let settled = 0n;
	for (const { payee, amount: most } of mine) {
		const amount = most < open ? most : open;
		if (amount <= 0n) continue;
		const between = { expenseId: expense.id, fromId: memberId, toId: payee.id };
		const said = {
			currency: expense.settleCurrency,
			amount,
			date: new Date().toISOString().slice(0, 10),
			status: standsFor(membership, payee) ? ('confirmed' as const) : ('marked' as const)
		};
		await say(tx, membership, between, said);
		open -= amount;
		settled += amount;
	}
	return settled;
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

/** Whom a member owes for an expense, less what each has had of it. */
function dueTo(expense: ExpenseRow, memberId: string): { to: string; amount: bigint }[] {
	const positions = expense.parts.map((part) => ({
		memberId: part.memberId,
		amount: Number(part.paid - part.share)
	}));
	return simplify(positions)
		.filter(({ from }) => from === memberId)
		.map(({ to, amount }) => {
			const had = expense.settlements
				.filter((s) => s.fromId === memberId && s.toId === to && s.currency === expense.settleCurrency)
				.reduce((sum, s) => sum + s.amount, 0n);
			return { to, amount: BigInt(amount) - had };
		});
}

/** Takes the settlements of a share back. Returns how much they were. */
async function takeBack(
	tx: Tx,
	membership: Membership,
	expense: ExpenseRow,
	memberId: string,
	people: People
): Promise<bigint> {
	const settled = await tx.settlement.findMany({
		where: { ...countsAsPaid, expenseId: expense.id, fromId: memberId, groupId: membership.groupId }
	});
	if (settled.length === 0) return 0n;
	const payer = people.get(memberId)!;
	const mine = settled.filter(
		({ toId }) => standsFor(membership, payer) || standsFor(membership, people.get(toId)!)
	);
	if (mine.length === 0) throw new DomainError('FORBIDDEN', 'share_of_others');
	await tx.settlement.updateMany({
		where: { id: { in: mine.map(({ id }) => id) } },
		data: { deletedAt: new Date() }
	});
	return mine.reduce((sum, { amount }) => sum + amount, 0n);
}
