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
	theme: theme.optional()
});

/** Changes what a person has set for themselves; fields left out stay. */
export async function updateProfile(
	db: Db,
	{ id, hasMfa }: SessionUser,
	input: z.output<typeof profile>
): Promise<PublicUser> {
	return publicUser({ ...(await db.user.update({ where: { id }, data: input })), hasMfa });
}
