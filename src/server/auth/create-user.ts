import type { z } from 'zod';
import type { registration } from '#lib/schemas.ts';
import type { Tx, User } from '../db/client.ts';
import { isUniqueViolation } from '../db/errors.ts';

type NewUser = Pick<User, 'id' | 'role' | 'passwordHash'> &
	Pick<z.output<typeof registration>, 'email' | 'name' | 'locale' | 'timeZone' | 'currency'> & {
		emailVerifiedAt?: Date;
	};

/** Writes the row of a new person. Throws what {@link isEmailTaken} tells when the address has an account. */
export function createUser(tx: Tx, user: NewUser): Promise<User> {
	const { id, role, passwordHash, email, name, locale, timeZone, currency, emailVerifiedAt } = user;
	return tx.user.create({
		data: {
			...{ id, role, passwordHash, email, name },
			...(locale && { locale }),
			...(timeZone && { timeZone }),
			...(currency && { currency }),
			...(emailVerifiedAt && { emailVerifiedAt })
		}
	});
}

export const isEmailTaken = (error: unknown): boolean => isUniqueViolation(error, 'User', ['email']);
