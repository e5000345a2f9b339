import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { z } from 'zod';
import { id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { useChallenge } from './challenge.ts';
import { relyingParty } from './party.ts';
import { passkeyView, type PasskeyView } from './view.ts';

const binary = z
	.string()
	.max(65_536)
	.regex(/^[\w-]*$/);

export const newPasskey = z.object({
	challengeId: id,
	name: text(60, 1),
	response: z.object({
		id: binary,
		rawId: binary,
		type: z.literal('public-key'),
		authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
		clientExtensionResults: z.object({}).default({}),
		response: z.object({
			clientDataJSON: binary,
			attestationObject: binary,
			transports: z
				.array(
					z
						.string()
						.max(20)
						.regex(/^[\w-]+$/)
				)
				.max(10)
				.optional()
		})
	})
});

/** Keeps a passkey that a browser has just made. Errors: INVALID (`passkey_bad`), CONFLICT (`passkey_known`). */
export async function registerPasskey(
	app: App,
	user: SessionUser,
	{ challengeId, name, response }: z.output<typeof newPasskey>
): Promise<PasskeyView> {
	const { db, config } = app;
	const made = inTx(db, async (tx) => {
		const challenge = await useChallenge(tx, challengeId, user.id, new Date());
		const credential = challenge === null ? null : await verified(config, response, challenge);
		if (!credential) throw new DomainError('INVALID', 'passkey_bad');
		const passkey = await tx.passkey.create({
			data: {
				id: credential.id,
				userId: user.id,
				name,
				publicKey: credential.publicKey,
				counter: BigInt(credential.counter),
				transports: (response.response.transports ?? []).join(' ')
			}
		});
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'passkey_added',
			params: { name }
		});
		return passkeyView(passkey);
	});
	return made.catch((error: unknown) => {
		throw isDuplicateKey(error, 'Passkey') ? new DomainError('CONFLICT', 'passkey_known') : error;
	});
}

type Answer = Parameters<typeof verifyRegistrationResponse>[0]['response'];

async function verified(
	config: App['config'],
	response: z.output<typeof newPasskey>['response'],
	expectedChallenge: string
) {
	const { rpID, origin } = relyingParty(config);
	const verification = await verifyRegistrationResponse({
		response: response as Answer,
		expectedChallenge,
		expectedOrigin: origin,
		expectedRPID: rpID,
		requireUserVerification: false
	}).catch(() => null); // it throws for whatever does not fit
	return verification?.verified ? verification.registrationInfo.credential : null;
}
