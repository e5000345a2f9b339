import { explain } from '#models/explain.ts';
import type { App } from '../app.ts';
import type { CategorySource } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { ruleBehind, type RuleBehind } from '../rules/behind.ts';

export type Why = {
	category: string | null;
	confidence: number;
	source: CategorySource;
	/** What the model would have chosen otherwise. */
	runnerUp: string | null;
	/** The words that decided: positive ones spoke for the category, negative ones for the runner-up (log-odds). */
	tokens: { token: string; weight: number }[];
	/** The rule that says so; null also where that has been changed or removed since. */
	rule: RuleBehind | null;
};

/** Who decided a transaction's category, and by which words. Error: NOT_FOUND. */
export async function whyCategory(
	{ db, models }: Pick<App, 'db' | 'models'>,
	userId: string,
	id: string
): Promise<Why> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { categoryId: category, confidence, source } = row;
	const rule = source === 'rule' ? await ruleBehind(db, row) : null;
	if (source !== 'model') return { category, confidence, source, runnerUp: null, tokens: [], rule };
	const { model } = await models.active();
	const { runnerUp, tokens } = explain(model, row.description, Number(row.amount), row.currency);
	return { category, confidence, source, runnerUp, tokens, rule };
}
