import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { keepChallenge } from './challenge.ts';
import { relyingParty } from './party.ts';

/**
 * What a browser needs to ask for a passkey, and the id to answer with. It names nobody's passkeys, so it tells nobody who has
 * some: the authenticator finds its own.
 */
export async function beginPasskeySignIn({ config, db, limits }: App, caller: Caller) {
	await limits.take('challenge', networkOf(caller.address));
	const { rpID } = relyingParty(config);
	const options = await generateAuthenticationOptions({ rpID, userVerification: 'preferred' });
	return { challengeId: await keepChallenge(db, options.challenge, null), options };
}
