import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { checkTransaction } from '../expenses/reckon.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { findSettlement, settlementSummary } from './find.ts';
import { standsFor } from './stands-for.ts';
import { settlementView, type SettlementView } from './view.ts';

export const confirmation = z.object({
	id,
	/** The bank transaction that it came with, one of the sender's own. */
	transactionId: id.nullish()
});

/**
 * Whoever got the money says so, also after having disputed it. Confirmed already, it changes nothing but the transaction that it
 * is tied to. Errors: NOT_FOUND (also the transaction), FORBIDDEN (`settlement_payee_only`).
 */
export function confirmSettlement(
	app: App,
	membership: Membership,
	{ id, transactionId }: z.output<typeof confirmation>
): Promise<SettlementView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const { from, to, ...row } = await findSettlement(tx, membership, id);
		if (!standsFor(membership, to)) throw new DomainError('FORBIDDEN', 'settlement_payee_only');
		if (transactionId && transactionId !== row.transactionId) {
			await checkTransaction(tx, membership.userId, transactionId);
			await tx.settlement.update({ where: { id }, data: { transactionId } });
			row.transactionId = transactionId;
			row.transaction = { userId: membership.userId };
		}
		if (row.status === 'confirmed') return settlementView(row, membership);
		await tx.settlement.update({ where: { id }, data: { status: 'confirmed' } });
		await recordChange(tx, app, membership, {
			kind: 'settlement_confirmed',
			subjectId: id,
			summary: { ...settlementSummary(row), name: from.name },
			changes: { status: [row.status, 'confirmed'] }
		});
		return settlementView({ ...row, status: 'confirmed' }, membership);
	});
}
