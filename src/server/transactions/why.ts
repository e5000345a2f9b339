import { explain } from '#models/explain.ts';
import { loadBase } from '#models/load.ts';
import type { CategorySource, Db } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { ruleBehind, type RuleBehind } from '../rules/behind.ts';

let model: ReturnType<typeof loadBase> | undefined;

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
export async function whyCategory(db: Db, userId: string, id: string): Promise<Why> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { categoryId: category, confidence, source } = row;
	const rule = source === 'rule' ? await ruleBehind(db, row) : null;
	if (source !== 'model') return { category, confidence, source, runnerUp: null, tokens: [], rule };
	model ??= loadBase();
	const { runnerUp, tokens } = explain(model, row.description, Number(row.amount), row.currency);
	return { category, confidence, source, runnerUp, tokens, rule };
}
