import type { App } from '../app.ts';
import { networkOf, type Caller } from '../auth/caller.ts';
import { hashToken } from '../auth/token.ts';
import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';

const open = (code: string, now: Date) => ({
	codeHash: hashToken(code.trim()),
	usedById: null,
	expiresAt: { gt: now }
});

const invalid = (): DomainError => new DomainError('FORBIDDEN', 'invite_invalid');

/** Who invites: whoever runs this Quits, or a group. */
export type InvitedBy = 'admin' | 'group';

/** Lets a code pass that would be taken now. Errors: FORBIDDEN (`invite_invalid`), RATE_LIMITED. */
export async function requireInvite(
	{ db, limits }: Pick<App, 'db' | 'limits'>,
	code: string,
	caller: Caller
): Promise<InvitedBy> {
	const from = networkOf(caller.address);
	await limits.take('code', from);
	const isAdmins = (await db.invite.count({ where: open(code, new Date()) })) > 0;
	if (!isAdmins && !(await opensGroup(db, code))) throw invalid();
	await limits.giveBack('code', from);
	return isAdmins ? 'admin' : 'group';
}

/**
 * Uses an invitation of the admin up, for the one account that it makes. A group's link makes any number; it is not used here,
 * but when its holder joins. Errors: FORBIDDEN (`invite_invalid`).
 */
export async function useInvite(tx: Tx, code: string, userId: string, now = new Date()): Promise<void> {
	const { count } = await tx.invite.updateMany({ where: open(code, now), data: { usedById: userId } });
	if (count === 0 && !(await opensGroup(tx, code, now))) throw invalid();
}

/** Whether a code is a link into a group that lets somebody in now. One for a name that is taken lets nobody in. */
async function opensGroup(db: Db | Tx, code: string, now = new Date()): Promise<boolean> {
	const invite = await db.groupInvite.findFirst({
		where: { codeHash: hashToken(code.trim()), expiresAt: { gt: now }, group: { archivedAt: null } },
		select: { memberId: true }
	});
	if (!invite?.memberId) return invite !== null;
	const guest = { id: invite.memberId, userId: null, removedAt: null };
	return (await db.member.count({ where: guest })) > 0;
}
