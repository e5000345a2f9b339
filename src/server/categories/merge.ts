import { z } from 'zod';
import { isIncome } from '#lib/budgets/spending.ts';
import type { Fields } from '#lib/rules/changes.ts';
import type { Actions } from '#lib/rules/rule.ts';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { categoriesChanged } from '../categorising/say.ts';
import { dialectOf, inTx, type Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { rulesChanged } from '../rules/changed.ts';
import type { FieldChange } from '../rules/write-changes.ts';
import { findOwn, heldBook, unknownCategory } from './book.ts';
import { changeBudgets, leaving, requireNoBudget } from './budgets.ts';
import { ownCategoriesChanged } from './changed.ts';

export const categoryMerge = z.object({
	/** One of the person's own; afterwards it is gone. */
	id,
	/** Any other that they can use. */
	into: z.string().max(60)
});

export type Merged = {
	/** Transactions that are in the other one now. */
	moved: number;
};

/**
 * Puts all that is in a category of a person's own, and all that names it, into another one, and removes it: transactions, what
 * was learned of it, rules, budgets, and what can still be taken back. A budget over all of its group lets go of it. Errors:
 * NOT_FOUND, INVALID (`unknown_category`, `category_itself`), CONFLICT (`category_in_budget`: income cannot be budgeted).
 */
export const mergeCategory = (
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, into }: z.output<typeof categoryMerge>
): Promise<Merged> =>
	inTx(app.db, async (tx) => {
		const book = await heldBook(tx, userId);
		const { group } = await findOwn(tx, userId, id);
		const target = book.groupOf(into);
		if (!target) throw unknownCategory(into);
		if (into === id) throw new DomainError('INVALID', 'category_itself');
		await closeTo(tx, id);
		const { count: moved } = await tx.transaction.updateMany({
			where: { userId, categoryId: id },
			data: { categoryId: into }
		});
		await mergeLearned(tx, userId, id, into);
		if (await mergeRules(tx, userId, id, into)) rulesChanged(tx, app, userId);
		await mergeRuns(tx, userId, id, into);
		const others = book.idsOf(group).filter((one) => one !== id);
		await changeBudgets(
			tx,
			app,
			userId,
			(ids) => instead(leaving(ids, id, others), id, into),
			(ids) => ids.includes(into)
		);
		if (isIncome(into, target)) await requireNoBudget(tx, userId, into);
		await tx.category.delete({ where: { id } });
		await categoriesChanged(tx, app.live, userId, moved);
		ownCategoriesChanged(tx, app, userId);
		return { moved };
	});

/** A list with another id in the place of one, each once. */
const instead = (ids: readonly string[], id: string, into: string): readonly string[] =>
	ids.includes(id) ? [...new Set(ids.map((one) => (one === id ? into : one)))] : ids;

/**
 * Waits for imports and rules that are putting rows into the category at this moment, and lets no other begin: with it gone they
 * fail, and an import goes on with what is said by then.
 */
async function closeTo(tx: Tx, id: string): Promise<void> {
	if (dialectOf(tx) === 'sqlite') return; // there is one writer
	await tx.$queryRaw`SELECT "id" FROM "Category" WHERE "id" = ${id} FOR UPDATE`;
}

/** What was said of both of a name is added up. */
async function mergeLearned(tx: Tx, userId: string, id: string, into: string): Promise<void> {
	await tx.$executeRaw`
		INSERT INTO "LearnedCount" ("userId", "saidAt", "name", "incoming", "size", "categoryId", "count")
		SELECT "userId", "saidAt", "name", "incoming", "size", ${into}, "count" FROM "LearnedCount"
		WHERE "userId" = ${userId} AND "categoryId" = ${id}
		ON CONFLICT ("userId", "name", "incoming", "size", "categoryId") DO UPDATE SET
			"count" = "LearnedCount"."count" + excluded."count",
			"saidAt" = CASE WHEN excluded."saidAt" > "LearnedCount"."saidAt" THEN excluded."saidAt"
				ELSE "LearnedCount"."saidAt" END`;
	await tx.learnedCount.deleteMany({ where: { userId, categoryId: id } });
}

/** Whether there was one. */
async function mergeRules(tx: Tx, userId: string, id: string, into: string): Promise<boolean> {
	const rules = await tx.rule.findMany({ where: { userId }, select: { id: true, actions: true } });
	const naming = rules.filter(({ actions }) => (actions as Actions).categoryId === id);
	for (const rule of naming) {
		const actions = { ...(rule.actions as Actions), categoryId: into };
		await tx.rule.update({ where: { id: rule.id }, data: { actions } });
	}
	return naming.length > 0;
}

/** Runs of rules can be taken back for a day: then it is the other one that comes back. */
async function mergeRuns(tx: Tx, userId: string, id: string, into: string): Promise<void> {
	const moved = (fields: Fields): Fields =>
		fields.categoryId === id ? { ...fields, categoryId: into } : fields;
	for (const run of await tx.ruleRun.findMany({ where: { userId }, select: { id: true, changes: true } })) {
		const changes = run.changes as FieldChange[];
		if (!changes.some(({ before, after }) => before.categoryId === id || after.categoryId === id)) continue;
		const merged = changes.map((one) => ({ ...one, before: moved(one.before), after: moved(one.after) }));
		await tx.ruleRun.update({ where: { id: run.id }, data: { changes: merged } });
	}
}
