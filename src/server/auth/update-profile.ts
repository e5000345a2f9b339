import { z } from 'zod';
import { currency, line, locale, theme, timeZone } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
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

/** Changes what a person has set for themselves; fields left out stay. */
export async function updateProfile(
	db: Db,
	{ id, hasMfa }: SessionUser,
	{ sharesCorrections, ...input }: z.output<typeof profile>
): Promise<PublicUser> {
	if (sharesCorrections !== undefined) await shareCorrections(db, id, sharesCorrections);
	return publicUser({ ...(await db.user.update({ where: { id }, data: input })), hasMfa });
}

/** Agreeing again keeps the date of the first time. */
const shareCorrections = (db: Db, id: string, agrees: boolean) =>
	db.user.updateMany({
		where: { id, ...(agrees && { sharesCorrectionsSince: null }) },
		data: { sharesCorrectionsSince: agrees ? new Date() : null }
	});
