import type { App } from '../app.ts';
import { inTx, type ExpenseSchedule, type Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import type { Template } from './template.ts';
import type { Stopped } from './view.ts';

/** Lets a schedule make no more expenses; those it has made stay. Ended already, it changes nothing. Error: NOT_FOUND. */
export function endSchedule(app: App, membership: Membership, id: string): Promise<void> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const schedule = await tx.expenseSchedule.findFirst({ where: { id, groupId: membership.groupId } });
		if (!schedule) throw notFound();
		if (!schedule.endedAt) await writeEnd(tx, app, membership, schedule);
	});
}

/** Ends a schedule inside the group's lock, and tells the group; `stopped` when nobody wanted that. */
export async function writeEnd(
	tx: Tx,
	app: Pick<App, 'live'>,
	actor: Pick<Membership, 'id' | 'groupId'>,
	{ id, template }: Pick<ExpenseSchedule, 'id' | 'template'>,
	stopped?: Stopped
): Promise<void> {
	const { description: title, amount, currency } = template as Template;
	await tx.expenseSchedule.update({ where: { id }, data: { endedAt: new Date() } });
	await recordChange(tx, app, actor, {
		kind: 'schedule_ended',
		subjectId: id,
		summary: { title, amount, currency },
		...(stopped && { changes: { stopped: [null, stopped] } })
	});
}
