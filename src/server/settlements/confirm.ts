import { z } from 'zod';
import { speaksFor } from '#lib/groups/speaking.ts';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { requireFree } from '../transactions/tie.ts';
import { findSettlement, settlementSummary, type SettlementWithPeople } from './find.ts';
import { ownLink, sideOf } from './sides.ts';
import { settlementView, type SettlementView } from './view.ts';

export const confirmation = z.object({
	id,
	/** What it is on the sender's own bank account; null unties that, left out it stays as it is. */
	transactionId: id.nullish()
});

/**
 * Whoever got the money says so, also after having disputed it. Confirmed already, it changes nothing but the sender's own bank
 * transaction, which is told as a change of its own. Errors: NOT_FOUND (also the transaction), FORBIDDEN
 * (`settlement_payee_only`; `settlement_of_others`: a transaction of somebody who is neither side), CONFLICT
 * (`transaction_taken`, `transaction_in_transfer`).
 */
export function confirmSettlement(
	app: App,
	membership: Membership,
	{ id, transactionId }: z.output<typeof confirmation>
): Promise<SettlementView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const row = await findSettlement(tx, membership, id);
		if (!speaksFor(membership.id, sideOf(row.to), sideOf(row.from))) {
			throw new DomainError('FORBIDDEN', 'settlement_payee_only');
		}
		const link = await linkFor(tx, membership, row, transactionId);
		const isNew = row.status !== 'confirmed';
		if (!isNew && !link) return settlementView(row, membership);
		const now = await tx.settlement.update({ where: { id }, data: { status: 'confirmed', ...link?.data } });
		await recordChange(tx, app, membership, {
			kind: isNew ? 'settlement_confirmed' : 'settlement_linked',
			subjectId: id,
			summary: {
				...settlementSummary(row),
				name: row.toId === membership.id ? row.from.name : row.to.name
			},
			changes: { ...(isNew && { status: [row.status, 'confirmed'] }), ...link?.changes }
		});
		return settlementView(now, membership);
	});
}

/** What becomes of the sender's own link; null when it stays as it is. Others learn that there is one, and not which. */
async function linkFor(
	tx: Tx,
	membership: Membership,
	row: SettlementWithPeople,
	wanted: string | null | undefined
): Promise<{ data: object; changes: { transaction: [boolean, boolean] } } | null> {
	const link = ownLink(membership, row);
	if (!link && wanted) throw new DomainError('FORBIDDEN', 'settlement_of_others');
	if (!link || wanted === undefined || wanted === row[link]) return null;
	await requireFree(tx, membership.userId, wanted);
	return { data: { [link]: wanted }, changes: { transaction: [row[link] !== null, wanted !== null] } };
}
