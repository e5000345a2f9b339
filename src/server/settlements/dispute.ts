import { z } from 'zod';
import { speaksFor } from '#lib/groups/speaking.ts';
import { id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { findSettlement, settlementSummary } from './find.ts';
import { sideOf } from './sides.ts';
import { settlementView, type SettlementView } from './view.ts';

export const disputeInput = z.object({ id, note: text(500).default('') });

/**
 * Whoever was to get the money says that it has not come: it does not count until they confirm it. Disputed already, it changes
 * nothing. The note is in the group's log. Errors: NOT_FOUND, FORBIDDEN (`settlement_payee_only`).
 */
export function disputeSettlement(
	app: App,
	membership: Membership,
	{ id, note }: z.output<typeof disputeInput>
): Promise<SettlementView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const { from, to, ...row } = await findSettlement(tx, membership, id);
		if (!speaksFor(membership.id, sideOf(to), sideOf(from))) {
			throw new DomainError('FORBIDDEN', 'settlement_payee_only');
		}
		if (row.status === 'disputed') return settlementView(row, membership);
		await tx.settlement.update({ where: { id }, data: { status: 'disputed' } });
		await recordChange(tx, app, membership, {
			kind: 'settlement_disputed',
			subjectId: id,
			summary: { ...settlementSummary(row), name: from.name },
			changes: { status: [row.status, 'disputed'], ...(note && { note: [null, note] }) }
		});
		return settlementView({ ...row, status: 'disputed' }, membership);
	});
}
