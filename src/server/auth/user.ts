import type { User } from '../db/client.ts';

/** What a person sees of their own account. */
export const publicUser = (user: Omit<User, 'passwordHash'>) => ({
	id: user.id,
	email: user.email,
	name: user.name,
	role: user.role,
	locale: user.locale,
	timeZone: user.timeZone,
	currency: user.currency,
	theme: user.theme
});

export type PublicUser = ReturnType<typeof publicUser>;
