import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { keepChallenge } from './challenge.ts';
import { relyingParty } from './party.ts';

/** What a browser needs to make a passkey, and the id to answer with. */
export async function beginPasskeyRegistration({ config, db }: App, user: SessionUser) {
	const { rpID, rpName } = relyingParty(config);
	const known = await db.passkey.findMany({ where: { userId: user.id } });
	const options = await generateRegistrationOptions({
		rpID,
		rpName,
		userName: user.email,
		userDisplayName: user.name,
		userID: new TextEncoder().encode(user.id),
		attestationType: 'none',
		excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transports.split(' ') })),
		// To be found without typing an address where the authenticator can do that; a plain security key will do as well.
		authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' }
	});
	return { challengeId: await keepChallenge(db, options.challenge, user.id), options };
}
