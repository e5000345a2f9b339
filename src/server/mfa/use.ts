import type { z } from 'zod';
import type { secondFactor } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { usePasskey } from '../passkeys/use.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { stepOf } from './totp.ts';

// With fewer left, the mail about a used code says so.
const few = 3;

/**
 * Checks a second factor and uses it up: a one-time code, a recovery code or a passkey. The caller counts the try first.
 * Errors: FORBIDDEN 401 (`bad_code`, `bad_recovery_code`), alike for a wrong one and one that has been used.
 */
export async function useSecondFactor(
	tx: Tx,
	app: App,
	user: SessionUser,
	{ otp, recoveryCode, passkey }: z.output<typeof secondFactor>,
	now = new Date()
): Promise<void> {
	const used =
		(otp !== undefined && (await useOtp(tx, app, user.id, otp, now))) ||
		(recoveryCode !== undefined && (await recover(tx, app, user, recoveryCode, now))) ||
		(passkey !== undefined && (await usePasskey(tx, app, passkey, now)) === user.id);
	if (!used) throw recoveryCode === undefined ? badCode() : badRecoveryCode();
}

const badRecoveryCode = () => new DomainError('FORBIDDEN', 'bad_recovery_code', { status: 401 });
export const badCode = () => new DomainError('FORBIDDEN', 'bad_code', { status: 401 });

/** One conditional UPDATE uses a step up: of many at once, one finds it unused; an earlier step than the last one is none. */
async function useOtp(tx: Tx, { sealer }: App, userId: string, otp: string, now: Date): Promise<boolean> {
	const authenticator = await tx.authenticator.findUnique({ where: { userId } });
	if (!authenticator?.secret) return false;
	const step = stepOf(sealer.open(authenticator.secret, totpPlace(userId)), otp, now);
	if (step === null) return false;
	const { count } = await tx.authenticator.updateMany({
		where: { userId, secret: authenticator.secret, lastStep: { lt: step } },
		data: { lastStep: step }
	});
	return count === 1;
}

/** What a person's secret is sealed for. */
export const totpPlace = (userId: string): string => `totp:${userId}`;

async function recover(tx: Tx, app: App, user: SessionUser, code: string, now: Date): Promise<boolean> {
	const left = await useRecoveryCode(tx, user.id, code, now);
	if (left === null) return false;
	await sendMail(tx, app, {
		...{ to: user.email, userId: user.id, locale: user.locale },
		kind: left < few ? 'recovery_few' : 'recovery_used',
		params: { left }
	});
	return true;
}
