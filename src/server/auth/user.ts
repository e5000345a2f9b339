import type { SessionUser } from './identify.ts';

/** What a person sees of their own account. */
export const publicUser = (user: SessionUser) => ({
	id: user.id,
	email: user.email,
	emailVerified: user.emailVerifiedAt !== null,
	name: user.name,
	role: user.role,
	hasMfa: user.hasMfa,
	locale: user.locale,
	timeZone: user.timeZone,
	currency: user.currency,
	theme: user.theme,
	/** They let others learn from what they have chosen. */
	sharesCorrections: user.sharesCorrectionsSince !== null
});

export type PublicUser = ReturnType<typeof publicUser>;
