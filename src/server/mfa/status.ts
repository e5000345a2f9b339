import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { isMfaRequired } from '../settings/mfa-required.ts';

export type MfaStatus = {
	enabled: boolean;
	since: string | null;
	/** Whether this person must have a second factor. */
	required: boolean;
	recoveryCodesLeft: number;
};

/** How a person's second factor stands. */
export async function mfaStatus({ db }: App, { id: userId, role }: SessionUser): Promise<MfaStatus> {
	const authenticator = await db.authenticator.findUnique({ where: { userId } });
	return {
		enabled: Boolean(authenticator?.enabledAt),
		since: authenticator?.enabledAt?.toISOString() ?? null,
		required: role === 'admin' || (await isMfaRequired(db)),
		recoveryCodesLeft: await db.recoveryCode.count({ where: { userId, usedAt: null } })
	};
}
