/** Finding an invitation by what its holder has: the code. */
import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { hashToken } from '../auth/token.ts';
import type { Db, GroupInvite, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

export const inviteInvalid = (): DomainError => new DomainError('FORBIDDEN', 'invite_invalid');

/** The invitation that a code opens now. Errors: FORBIDDEN (`invite_invalid`). */
export async function openInvite(db: Db | Tx, code: string, now = new Date()): Promise<GroupInvite> {
	const codeHash = hashToken(code.trim());
	const invite = await db.groupInvite.findFirst({ where: { codeHash, expiresAt: { gt: now } } });
	if (!invite) throw inviteInvalid();
	return invite;
}

/** The same for somebody who may be guessing. Errors: FORBIDDEN (`invite_invalid`), RATE_LIMITED. */
export async function tryCode(
	{ db, limits }: Pick<App, 'db' | 'limits'>,
	code: string,
	caller: Caller
): Promise<GroupInvite> {
	const from = networkOf(caller.address);
	await limits.take('code', from);
	const invite = await openInvite(db, code);
	await limits.giveBack('code', from);
	return invite;
}
