import { z } from 'zod';
import { email } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx, type Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { findMembership } from '../groups/membership.ts';
import { removeGroup } from '../groups/remove.ts';
import { leaveGroup } from '../members/leave.ts';
import { enqueue } from '../outbox.ts';
import { endSessions } from '../sessions/end.ts';

/** Begins the address of an account of which only rows are left, no address of anybody. */
export const gone = 'deleted:';

/** Typed once more by whoever means it. */
export const farewell = z.object({ email });

/**
 * Deletes the account of whoever asks, for good: all that is theirs goes, and every session ends before this resolves. In groups
 * with others their name and what they paid stay, since the others' balances rest on it; groups in which nobody else has an account
 * go. Rows that may be many are deleted by a job. Can be cut short and asked for again.
 * Errors: INVALID (`not_your_email`), CONFLICT (`last_admin`; `owner_of_groups`: hand them over first).
 */
export async function deleteAccount(
	app: App,
	user: SessionUser,
	input: z.output<typeof farewell>
): Promise<void> {
	const { db } = app;
	if (input.email !== user.email) throw new DomainError('INVALID', 'not_your_email');
	if (user.role === 'admin') await requireAnotherAdmin(db, user.id);
	const { alone, shared } = await groupsOf(db, user.id);
	for (const groupId of alone) await removeGroup(app, await findMembership(db, user.id, groupId));
	for (const groupId of shared) await leaveGroup(app, await findMembership(db, user.id, groupId));
	await inTx(db, async (tx) => {
		// The lock of whoever changes admins: of two who delete themselves at once, one stays.
		await tx.setup.updateMany({ data: { id: 1 } });
		if (user.role === 'admin') await requireAnotherAdmin(tx, user.id);
		await endSessions(tx, app, { userId: user.id, tokens: true });
		await tx.mail.deleteMany({ where: { OR: [{ userId: user.id }, { to: user.email }] } });
		// The address is free at once, and the password opens nothing.
		await tx.user.update({
			where: { id: user.id },
			data: { email: `${gone}${user.id}`, name: '', passwordHash: '', role: 'member', disabledAt: new Date() }
		});
		await enqueue(tx, 'account-purge', { userId: user.id });
	});
}

async function requireAnotherAdmin(db: Pick<Db, 'user'>, userId: string): Promise<void> {
	const others = await db.user.count({ where: { role: 'admin', disabledAt: null, NOT: { id: userId } } });
	if (others === 0) throw new DomainError('CONFLICT', 'last_admin');
}

/** The groups of somebody: where nobody else has an account, and the others. Error: CONFLICT (`owner_of_groups`). */
async function groupsOf(db: Db, userId: string): Promise<{ alone: string[]; shared: string[] }> {
	const mine = await db.member.findMany({
		where: { userId, removedAt: null },
		include: { group: { include: { members: { where: { removedAt: null, userId: { not: null } } } } } }
	});
	const others = mine.map(({ role, group }) => ({
		id: group.id,
		name: group.name,
		others: group.members.filter((member) => member.userId !== userId),
		owns: role === 'owner'
	}));
	const orphaned = others.filter(
		(group) => group.owns && group.others.length > 0 && !group.others.some(({ role }) => role === 'owner')
	);
	if (orphaned.length > 0) {
		const groups = orphaned.map(({ name }) => name).join(', ');
		throw new DomainError('CONFLICT', 'owner_of_groups', { params: { groups } });
	}
	const alone = others.filter((group) => group.others.length === 0);
	const shared = others.filter((group) => group.others.length > 0);
	return { alone: alone.map(({ id }) => id), shared: shared.map(({ id }) => id) };
}
