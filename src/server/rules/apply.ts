import { v7 } from 'uuid';
import { z } from 'zod';
import { id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { afterCommit, inTx } from '../db/client.ts';
import { choose } from './preview.ts';
import { cursorOf, scan, type Change } from './scan.ts';
import { splitTransaction } from './splits.ts';
import { writeChanges, type FieldChange } from './write-changes.ts';

export const application = z.object({
	/** One rule, at its place among the others; without it all that are turned on. */
	id: id.optional(),
	/** Also where the person has chosen themselves. */
	overOwn: z.boolean().default(false),
	cursor: text(100).optional()
});

/** What one call changes at most: a moment's work. */
const mostChanges = 1000;
const mostSplits = 100;

export type Applied = {
	/** For `rules.undo`; null when nothing was changed. */
	runId: string | null;
	/** Transactions that were changed, without those that only became an expense. */
	changed: number;
	/** Expenses that were made. */
	split: number;
	/** There may be more to do: call again with it. */
	nextCursor: string | null;
};

/**
 * Does with transactions that are there what rules say, as far as one call goes. What somebody has changed in the meantime stays as
 * it is. Errors: NOT_FOUND, INVALID (`bad_cursor`).
 */
export async function applyRules(
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, overOwn, cursor }: z.output<typeof application>
): Promise<Applied> {
	const { changes, nextCursor } = await gather(app, userId, { id, overOwn, cursor });
	const runId = v7();
	const changed = await change(app, userId, runId, changes);
	const splits: string[] = [];
	for (const { row, split } of changes) {
		const expenseId = split && (await splitTransaction(app, userId, row.id, split));
		if (expenseId) splits.push(expenseId);
	}
	if (splits.length > 0) {
		await inTx(app.db, (tx) =>
			tx.ruleRun.upsert({
				where: { id: runId },
				create: { id: runId, userId, changes: [], splits },
				update: { splits }
			})
		);
		app.live.toUser(userId, 'transactions:changed', {});
	}
	const isNothing = changed === 0 && splits.length === 0;
	return { runId: isNothing ? null : runId, changed, split: splits.length, nextCursor };
}

type Asked = { id: string | undefined; overOwn: boolean; cursor: string | undefined };
type Gathered = { changes: Change[]; nextCursor: string | null };

async function gather({ db }: Pick<App, 'db'>, userId: string, asked: Asked): Promise<Gathered> {
	const { id, overOwn, cursor } = asked;
	const changes: Change[] = [];
	let splits = 0;
	for await (const one of scan(db, userId, { ...(await choose(db, userId, { id })), overOwn, cursor })) {
		changes.push(one);
		if (one.split) splits++;
		if (changes.length === mostChanges || splits === mostSplits) {
			return { changes, nextCursor: cursorOf(one.row) };
		}
	}
	return { changes, nextCursor: null };
}

/** Changes the transactions' own fields, and keeps how they were. Returns how many were changed. */
const change = (
	{ db, live }: Pick<App, 'db' | 'live'>,
	userId: string,
	runId: string,
	all: readonly Change[]
): Promise<number> =>
	inTx(db, async (tx) => {
		const wanted = all.flatMap(({ row: { id, description }, before, after }): FieldChange[] =>
			after ? [{ id, description, before, after }] : []
		);
		const written = await writeChanges(tx, userId, wanted);
		if (written.size === 0) return 0;
		const changes = wanted.filter(({ id }) => written.has(id));
		await tx.ruleRun.create({ data: { id: runId, userId, changes, splits: [] } });
		await spendingMoved(tx, { userIds: [userId] });
		afterCommit(tx, () => live.toUser(userId, 'transactions:changed', {}));
		return written.size;
	});
