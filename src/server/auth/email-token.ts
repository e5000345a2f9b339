/** Links sent to the address of an account: a random token there, its hash here, used up by being opened. */
import type { EmailPurpose, Tx } from '../db/client.ts';
import { resetMinutes, verifyDays } from '../mail/link-lives.ts';
import { lockPerson } from '../users/lock.ts';
import { hashToken, newToken } from './token.ts';

const lives: Record<EmailPurpose, number> = { reset: resetMinutes * 60_000, verify: verifyDays * 86_400_000 };

/** Makes the token of a new link; older links of the person for the same purpose open nothing any more. */
export async function newEmailToken(
	tx: Tx,
	userId: string,
	purpose: EmailPurpose,
	now = new Date()
): Promise<string> {
	await lockPerson(tx, userId);
	await tx.emailToken.deleteMany({ where: { userId, purpose } });
	const token = newToken();
	const expiresAt = new Date(now.getTime() + lives[purpose]);
	await tx.emailToken.create({ data: { tokenHash: hashToken(token), userId, purpose, expiresAt } });
	return token;
}

/** Uses a token up. True for the one call that did; false when it was used, replaced, or has run out. */
export async function useEmailToken(
	tx: Tx,
	token: string,
	purpose: EmailPurpose,
	userId: string,
	now = new Date()
): Promise<boolean> {
	await lockPerson(tx, userId);
	const { count } = await tx.emailToken.deleteMany({
		where: { tokenHash: hashToken(token), userId, purpose, expiresAt: { gt: now } }
	});
	return count === 1;
}
