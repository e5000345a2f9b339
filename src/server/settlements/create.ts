import { v7 } from 'uuid';
import { z } from 'zod';
import { addDays } from '#lib/dates.ts';
import { groupDate } from '#lib/groups/expense.ts';
import { speaksFor } from '#lib/groups/speaking.ts';
import { maxExpense } from '#lib/groups/split.ts';
import { currency, id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Settlement, type Tx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireFree } from '../transactions/tie.ts';
import { settlementSummary } from './find.ts';
import { ownLink, sideOf } from './sides.ts';
import { settlementView, type SettlementView } from './view.ts';

export const newSettlement = z.object({
	/** Made by the client so that a repeated call changes nothing. */
	id: id.optional(),
	/** The member who paid. */
	from: id,
	/** The member who got it. */
	to: id,
	currency,
	/** In minor units. */
	amount: z.number().int().min(1).max(maxExpense),
	/** Left out: today, in UTC. */
	date: groupDate.optional(),
	note: text(500).default(''),
	/** What it is on the sender's own bank account; only one of the two sides has one. */
	transactionId: id.nullish(),
	/** It is another payment than the equal one that somebody else has written down. */
	again: z.boolean().default(false)
});

export type NewSettlement = z.output<typeof newSettlement>;

/** How far apart two people may date the same payment. */
const days = 5;

/**
 * Writes down that money went from one member to another: `marked` when whoever paid says so, `confirmed` when whoever got it
 * does; for those who are absent others speak (#lib/groups/speaking.ts). Sent again with the same id it returns what came of the
 * first, also when that was taken back since (`deletedAt`). Errors: INVALID (`unknown_member`, `settlement_self`), FORBIDDEN
 * (`settlement_of_others`), NOT_FOUND (the transaction), CONFLICT (`id_taken`, `transaction_taken`, `transaction_in_transfer`,
 * `group_archived`; `settlement_exists` with `current`: somebody else has written down an equal one, and nobody said that this is
 * `again` one).
 */
export async function createSettlement(
	app: App,
	membership: Membership,
	{ id = v7(), ...fields }: NewSettlement
): Promise<SettlementView> {
	const made = inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const before = await tx.settlement.findUnique({ where: { id } });
		if (before && !isMine(before, membership)) throw idTaken();
		return before ?? insert(tx, app, membership, { id, ...fields });
	});
	const row = await made.catch((error: unknown) => {
		if (isDuplicateKey(error, 'Settlement')) throw idTaken();
		throw error;
	});
	return settlementView(row, membership);
}

/** Whether the row with the id came of this very call, sent before; else the id is somebody else's, or another group's. */
const isMine = ({ groupId, createdById }: Settlement, me: Membership): boolean =>
	groupId === me.groupId && createdById === me.id;

const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');

async function insert(
	tx: Tx,
	app: App,
	membership: Membership,
	{ id, from, to, amount, date, transactionId, again, ...fields }: NewSettlement & { id: string }
): Promise<Settlement> {
	const { groupId, userId } = membership;
	if (from === to) throw new DomainError('INVALID', 'settlement_self');
	const sides = await tx.member.findMany({ where: { groupId, id: { in: [from, to] } } });
	const [payer, payee] = [from, to].map((side) => sides.find((member) => member.id === side));
	if (!payer || !payee) throw new DomainError('INVALID', 'unknown_member');
	const [fromSide, toSide] = [sideOf(payer), sideOf(payee)];
	const isPayee = speaksFor(membership.id, toSide, fromSide);
	const link = ownLink(membership, { fromId: from, toId: to });
	if ((!isPayee && !speaksFor(membership.id, fromSide, toSide)) || (transactionId && !link)) {
		throw new DomainError('FORBIDDEN', 'settlement_of_others');
	}
	const payment = {
		fromId: from,
		toId: to,
		currency: fields.currency,
		amount,
		date: date ?? new Date().toISOString().slice(0, 10)
	};
	const known = again ? null : await saidByOthers(tx, membership, payment);
	if (known) {
		throw new DomainError('CONFLICT', 'settlement_exists', { current: settlementView(known, membership) });
	}
	await requireFree(tx, userId, transactionId);
	const row = await tx.settlement.create({
		data: {
			...fields,
			...payment,
			id,
			groupId,
			status: isPayee ? 'confirmed' : 'marked',
			...(link && transactionId && { [link]: transactionId }),
			createdById: membership.id
		}
	});
	await recordChange(tx, app, membership, {
		kind: isPayee ? 'settlement_confirmed' : 'settlement_marked',
		subjectId: id,
		summary: { ...settlementSummary(row), name: isPayee ? payer.name : payee.name }
	});
	return row;
}

type Payment = Pick<Settlement, 'fromId' | 'toId' | 'currency' | 'date'> & { amount: number };

/**
 * An equal payment that somebody else has written down, and that the member has said nothing of yet. Both sides of a payment
 * write it down when it has just gone: counted twice, it would turn the debt around.
 */
const saidByOthers = (
	tx: Tx,
	{ id, groupId }: Membership,
	{ date, ...payment }: Payment
): Promise<Settlement | null> =>
	tx.settlement.findFirst({
		where: {
			...payment,
			groupId,
			// Whoever got it has answered to what is confirmed.
			status: id === payment.toId ? 'marked' : 'confirmed',
			createdById: { not: id },
			deletedAt: null,
			date: { gte: addDays(date, -days), lte: addDays(date, days) }
		},
		orderBy: { id: 'desc' }
	});
