import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { findSettlement, settlementSummary } from './find.ts';
import { standsFor } from './stands-for.ts';
import { settlementView, type SettlementView } from './view.ts';

/**
 * Whoever got the money says so, also after having disputed it. Confirmed already, it changes nothing. Errors: NOT_FOUND,
 * FORBIDDEN (`settlement_payee_only`).
 */
export function confirmSettlement(app: App, membership: Membership, id: string): Promise<SettlementView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const { from, to, ...row } = await findSettlement(tx, membership, id);
		if (!standsFor(membership, to)) throw new DomainError('FORBIDDEN', 'settlement_payee_only');
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
