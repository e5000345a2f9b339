import { v7 } from 'uuid';
import { z } from 'zod';
import { id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import type { CommentView } from './get.ts';
import { findExpense } from './find.ts';

export const newComment = z.object({
	/** The expense's. */
	id,
	text: text(2000, 1),
	/** The comment's, made by the client so that a repeated call changes nothing. */
	commentId: id.optional()
});

/** Says something about an expense. Errors: NOT_FOUND, CONFLICT (`id_taken`). */
export function commentExpense(
	app: App,
	membership: Membership,
	{ id: expenseId, text, commentId = v7() }: z.output<typeof newComment>
): Promise<CommentView> {
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const expense = await findExpense(tx, membership, expenseId);
		if (expense.deletedAt) throw notFound();
		const select = { id: true, memberId: true, text: true, createdAt: true } as const;
		const before = await tx.comment.findUnique({
			where: { id: commentId },
			select: { ...select, expenseId: true }
		});
		if (before) {
			const { expenseId: its, ...comment } = before;
			if (its !== expenseId || comment.memberId !== membership.id) {
				throw new DomainError('CONFLICT', 'id_taken');
			}
			return comment;
		}
		const comment = await tx.comment.create({
			data: { id: commentId, expenseId, memberId: membership.id, text },
			select
		});
		await recordChange(tx, app, membership, {
			kind: 'expense_commented',
			subjectId: expenseId,
			summary: { title: expense.description }
		});
		return comment;
	});
}
