import { sharers } from '#lib/groups/members-of.ts';
import { leavesOf } from '#lib/rules/conditions.ts';
import type { Actions, Conditions } from '#lib/rules/rule.ts';
import { requireCategory } from '../categories/book.ts';
import type { Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { findMembership } from '../groups/membership.ts';

type Parts = { conditions?: Conditions | undefined; actions?: Actions | undefined };

/**
 * Makes sure that what a rule names is there and open to its person, whose rules the caller has locked. Errors: NOT_FOUND (an
 * account, a group), INVALID (`unknown_category`, `unknown_member`).
 */
export async function checkRule(tx: Tx, userId: string, { conditions, actions }: Parts): Promise<void> {
	if (conditions) await checkAccounts(tx, userId, conditions);
	if (actions?.categoryId) await requireCategory(tx, userId, actions.categoryId);
	if (actions?.split) await checkSplit(tx, userId, actions.split);
}

async function checkAccounts(tx: Tx, userId: string, conditions: Conditions): Promise<void> {
	const named = leavesOf(conditions).flatMap((one) => (one.kind === 'account' ? one.accountIds : []));
	const ids = [...new Set(named)];
	if (ids.length === 0) return;
	const own = await tx.account.findMany({ where: { userId }, select: { id: true } });
	const known = new Set(own.map(({ id }) => id));
	if (!ids.every((id) => known.has(id))) throw notFound();
}

async function checkSplit(
	tx: Tx,
	userId: string,
	{ groupId, split }: NonNullable<Actions['split']>
): Promise<void> {
	await findMembership(tx, userId, groupId);
	const ids = sharers(split);
	const members = await tx.member.count({ where: { groupId, id: { in: ids }, removedAt: null } });
	if (members < ids.length) throw new DomainError('INVALID', 'unknown_member');
}
