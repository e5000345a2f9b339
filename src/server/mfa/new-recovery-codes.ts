import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';

/** Ten new recovery codes instead of those there are; shown this once. Errors: CONFLICT (`mfa_off`). */
export async function newRecoveryCodes({ db }: App, user: SessionUser): Promise<{ recoveryCodes: string[] }> {
	if (!user.hasMfa) throw new DomainError('CONFLICT', 'mfa_off');
	return { recoveryCodes: await inTx(db, (tx) => replaceRecoveryCodes(tx, user.id)) };
}
