import type { Db, Prisma, Tx } from '../db/client.ts';

/** Why something that was to be told is not told any more. */
export type Cancellation =
	/** The account is disabled. */
	| 'disabled'
	/** The budget is of a group that the person is in no more. */
	| 'left_group'
	| 'budget_removed'
	/** The person wants no mails with alerts. */
	| 'unwanted';

/** What has to come along with an alert to say whether it still is somebody's business. */
export const withHolders = (userId: string) =>
	({
		budget: {
			select: {
				removedAt: true,
				group: {
					select: { name: true, members: { where: { userId, removedAt: null }, select: { id: true } } }
				}
			}
		}
	}) as const satisfies Prisma.AlertInclude;

type Held = { budget: { removedAt: Date | null; group: { members: readonly unknown[] } | null } };

/** Why an alert is not somebody's business any more; null while it is. Of what is no alert nothing is asked. */
export function cancellationOf(alert: Held | null): Cancellation | null {
	if (!alert) return null;
	const { removedAt, group } = alert.budget;
	if (removedAt) return 'budget_removed';
	return group?.members.length === 0 ? 'left_group' : null;
}

/** The same of a delivery. Much can have happened since it was promised: to be asked whenever it is made. */
export async function whyCancelled(
	db: Db | Tx,
	{ userId, alertId }: { userId: string; alertId: string | null }
): Promise<Cancellation | null> {
	if (alertId === null) return null;
	return cancellationOf(await db.alert.findUnique({ where: { id: alertId }, include: withHolders(userId) }));
}
