import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { guessAgain } from '../categorising/guess-again.ts';
import { sayableByIds } from '../categorising/say.ts';
import { afterCommit, inTx, type Db } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { removeExpense } from '../expenses/remove.ts';
import { membershipByExpense } from '../groups/membership.ts';
import { writeChanges, type FieldChange } from './write-changes.ts';

/** How long it can be taken back. */
const keptMs = 86_400_000;

export type Undone = {
	/** Transactions that are as before. */
	changed: number;
	/** Expenses that are gone. */
	split: number;
	/** Transactions and expenses that stay as they are, as somebody has changed them since. */
	left: number;
};

/**
 * Takes back what `rules.run` has done, wherever nobody has changed it since; the expenses it made are removed. Error: NOT_FOUND,
 * also for what has been taken back already.
 */
export async function undoRun(app: App, userId: string, id: string): Promise<Undone> {
	const run = await app.db.ruleRun.findFirst({ where: { id, userId } });
	if (!run) throw notFound();
	const { model } = await app.models.active();
	const splits = run.splits as string[];
	let split = 0;
	for (const expenseId of splits) if (await removeSplit(app, userId, expenseId)) split++;
	return inTx(app.db, async (tx) => {
		const { count } = await tx.ruleRun.deleteMany({ where: { id } });
		if (count === 0) throw notFound();
		const changes = (run.changes as FieldChange[]).map(({ before, after, ...rest }) => ({
			...rest,
			...{ before: after, after: before }
		}));
		const written = await writeChanges(tx, userId, changes);
		// None of them is half of a transfer: what was one, before the other half went, is what it would have been without.
		const alone = changes.filter(({ id, after }) => after.source === 'transfer' && written.has(id));
		const ids = alone.map(({ id }) => id);
		await guessAgain(tx, userId, model, await sayableByIds(tx, userId, ids), { rules: false });
		await spendingMoved(tx, { userIds: [userId] });
		afterCommit(tx, () => app.live.toUser(userId, 'transactions:changed', {}));
		const changed = written.size;
		return { changed, split, left: changes.length - changed + splits.length - split };
	});
}

/** One of a group that the person has left stays as it is. Returns whether it is gone, whoever has removed it. */
async function removeSplit(app: App, userId: string, id: string): Promise<boolean> {
	try {
		await removeExpense(app, await membershipByExpense(app.db, userId, id), { id });
		return true;
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		return (await app.db.expense.count({ where: { id, deletedAt: null } })) === 0;
	}
}

/** Forgets what can not be taken back any more. */
export async function purgeRuns(db: Db, now = new Date()): Promise<void> {
	await db.ruleRun.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - keptMs) } } });
}
