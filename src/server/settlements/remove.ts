import { maySettle } from '#lib/groups/speaking.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { findSettlement, settlementSummary } from './find.ts';
import { sideOf } from './sides.ts';

/** Takes a settlement back, by either side of it. Removed already, it changes nothing. Errors: NOT_FOUND, FORBIDDEN (`settlement_of_others`). */
export function removeSettlement(app: App, membership: Membership, id: string): Promise<void> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const row = await findSettlement(tx, membership, id, { removed: true });
		if (!maySettle(membership.id, sideOf(row.from), sideOf(row.to))) {
			throw new DomainError('FORBIDDEN', 'settlement_of_others');
		}
		if (row.deletedAt) return;
		await tx.settlement.update({ where: { id }, data: { deletedAt: new Date() } });
		await recordChange(tx, app, membership, {
			kind: 'settlement_removed',
			subjectId: id,
			summary: {
				...settlementSummary(row),
				name: row.toId === membership.id ? row.from.name : row.to.name
			}
		});
	});
}
