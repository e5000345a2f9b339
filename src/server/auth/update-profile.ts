import { z } from 'zod';
import { currency, line, locale, theme, timeZone } from '#lib/schemas.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { inTx, type Db, type Tx } from '../db/client.ts';
import { putInLine } from '../deliveries/put-in-line.ts';
import { lockPerson } from '../users/lock.ts';
import type { SessionUser } from './identify.ts';
import { publicUser, type PublicUser } from './user.ts';

export const profile = z.object({
	name: line(80, 1).optional(),
	locale: locale.optional(),
	timeZone: timeZone.optional(),
	currency: currency.optional(),
	theme: theme.optional(),
	/** Whether categories they have chosen may train models of this instance, from now on. */
	sharesCorrections: z.boolean().optional()
});

/**
 * Changes what a person has set for themselves; fields left out stay. In another time zone the mails that wait come by its
 * clock, and another period of a budget may be the current one.
 */
export function updateProfile(
	db: Db,
	{ id, hasMfa }: SessionUser,
	{ sharesCorrections, ...input }: z.output<typeof profile>,
	now = new Date()
): Promise<PublicUser> {
	return inTx(db, async (tx) => {
		await lockPerson(tx, id);
		const before = await tx.user.findUniqueOrThrow({ where: { id }, select: { timeZone: true } });
		if (sharesCorrections !== undefined) await shareCorrections(tx, id, sharesCorrections, now);
		const user = await tx.user.update({ where: { id }, data: input });
		if (user.timeZone !== before.timeZone) {
			await putInLine(tx, id, now);
			await spendingMoved(tx, { userIds: [id] });
		}
		return publicUser({ ...user, hasMfa });
	});
}

/** Agreeing again keeps the date of the first time. */
const shareCorrections = (tx: Tx, id: string, agrees: boolean, now: Date) =>
	tx.user.updateMany({
		where: { id, ...(agrees && { sharesCorrectionsSince: null }) },
		data: { sharesCorrectionsSince: agrees ? now : null }
	});
