import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { passkeyAnswer } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { Passkey, Tx } from '../db/client.ts';
import { useChallenge } from './challenge.ts';
import { relyingParty } from './party.ts';

type Answer = z.output<typeof passkeyAnswer>;

/**
 * Checks a passkey's answer; a right one uses its challenge up. Returns whose passkey it is, or null. `alone` asks that the
 * authenticator has checked its person (a finger, a face, a PIN): where no password was given, that is the second factor.
 */
export async function usePasskey(
	tx: Tx,
	{ config }: Pick<App, 'config'>,
	{ challengeId, response }: Answer,
	now: Date,
	{ alone = false } = {}
): Promise<string | null> {
	const challenge = await useChallenge(tx, challengeId, null, now);
	const passkey = await tx.passkey.findUnique({ where: { id: response.id } });
	if (challenge === null || !passkey) return null;
	const counter = await countOf(config, passkey, response, challenge, alone);
	if (counter === null) return null;
	// A counter that does not grow is a copy of the key, except with authenticators that do not count.
	const { count } = await tx.passkey.updateMany({
		where: { id: passkey.id, ...(counter > 0 && { counter: { lt: BigInt(counter) } }) },
		data: { counter: BigInt(counter), lastUsedAt: now }
	});
	return count === 1 ? passkey.userId : null;
}

async function countOf(
	config: App['config'],
	{ id, publicKey, counter }: Passkey,
	response: Answer['response'],
	expectedChallenge: string,
	requireUserVerification: boolean
): Promise<number | null> {
	const { rpID, origin } = relyingParty(config);
	const verification = await verifyAuthenticationResponse({
		response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
		expectedChallenge,
		expectedOrigin: origin,
		expectedRPID: rpID,
		credential: { id, publicKey: new Uint8Array(publicKey), counter: Number(counter) },
		requireUserVerification
	}).catch(() => null); // it throws for whatever does not fit
	return verification?.verified ? verification.authenticationInfo.newCounter : null;
}
