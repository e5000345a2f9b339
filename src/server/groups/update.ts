import { z } from 'zod';
import type { ActivityChanges } from '#lib/groups/activity.ts';
import { currency, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { lockGroup, recordChange } from './change.ts';
import type { Membership } from './membership.ts';
import { requireOwner } from './owners.ts';

export const groupChanges = z.object({
	name: line(80, 1).optional(),
	/** Of new expenses; those there are stay what they are. */
	currency: currency.optional(),
	simplify: z.boolean().optional()
});

/**
 * Changes what is given; an owner does. What is the same already is no change. Errors: NOT_FOUND, FORBIDDEN (`owner_only`),
 * CONFLICT (`group_archived`).
 */
export async function updateGroup(
	app: App,
	membership: Membership,
	wanted: z.output<typeof groupChanges>
): Promise<void> {
	const { groupId } = membership;
	await inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		await requireOwner(tx, membership);
		const before = await tx.group.findUniqueOrThrow({ where: { id: groupId } });
		const fields = (['name', 'currency', 'simplify'] as const).filter(
			(field) => wanted[field] !== undefined && wanted[field] !== before[field]
		);
		if (fields.length === 0) return;
		const changes: ActivityChanges = Object.fromEntries(
			fields.map((field) => [field, [before[field], wanted[field]]])
		);
		const { name = before.name, currency = before.currency, simplify = before.simplify } = wanted;
		await tx.group.update({ where: { id: groupId }, data: { name, currency, simplify } });
		await recordChange(tx, app, membership, { kind: 'group_updated', summary: { title: name }, changes });
	});
}
