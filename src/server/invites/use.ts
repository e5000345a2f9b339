import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { hashToken } from '../auth/token.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

const open = (code: string, now: Date) => ({
	codeHash: hashToken(code.trim()),
	usedById: null,
	expiresAt: { gt: now }
});

const invalid = (): DomainError => new DomainError('FORBIDDEN', 'invite_invalid');

/** Lets a code pass that would be taken now. Errors: FORBIDDEN (`invite_invalid`), RATE_LIMITED. */
export async function requireInvite(
	{ db, limits }: Pick<App, 'db' | 'limits'>,
	code: string,
	caller: Caller
): Promise<void> {
	const from = networkOf(caller.address);
	await limits.take('code', from);
	if ((await db.invite.count({ where: open(code, new Date()) })) === 0) throw invalid();
	await limits.giveBack('code', from);
}

/** Uses an invitation up, for the one account that it makes. Errors: FORBIDDEN (`invite_invalid`). */
export async function useInvite(tx: Tx, code: string, userId: string, now = new Date()): Promise<void> {
	const { count } = await tx.invite.updateMany({ where: open(code, now), data: { usedById: userId } });
	if (count === 0) throw invalid();
}
