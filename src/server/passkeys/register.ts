import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { z } from 'zod';
import { id, line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Session } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { requireSession } from '../sessions/require.ts';
import { useChallenge } from './challenge.ts';
import { relyingParty } from './party.ts';
import { passkeyView, type PasskeyView } from './view.ts';

const binary = z
	.string()
	.max(65_536)
	.regex(/^[\w-]*$/);

export const newPasskey = z.object({
	challengeId: id,
	name: line(60, 1),
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
	session: Session,
	{ challengeId, name, response }: z.output<typeof newPasskey>
): Promise<PasskeyView> {
	const { db, config } = app;
	const kept = inTx(db, async (tx) => {
		const challenge = await useChallenge(tx, challengeId, user.id, new Date());
		await requireSession(tx, session);
		const made = challenge === null ? null : await verified(config, response, challenge);
		if (!made) throw new DomainError('INVALID', 'passkey_bad');
		const passkey = await tx.passkey.create({
			data: {
				id: made.credential.id,
				userId: user.id,
				name,
				publicKey: made.credential.publicKey,
				counter: BigInt(made.credential.counter),
				alone: made.userVerified,
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
	return kept.catch((error: unknown) => {
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
	return verification?.verified ? verification.registrationInfo : null;
}
