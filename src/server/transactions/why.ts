import { explain } from '#models/explain.ts';
import { loadBase } from '#models/load.ts';
import type { CategorySource, Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

let model: ReturnType<typeof loadBase> | undefined;

export type Why = {
	category: string | null;
	confidence: number;
	source: CategorySource;
	/** What the model would have chosen otherwise. */
	runnerUp: string | null;
	/** The words that decided: positive ones spoke for the category, negative ones for the runner-up (log-odds). */
	tokens: { token: string; weight: number }[];
};

/** Who decided a transaction's category, and by which words. Error: NOT_FOUND. */
export async function whyCategory(db: Db, userId: string, id: string): Promise<Why> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { categoryId: category, confidence, source } = row;
	if (source !== 'model') return { category, confidence, source, runnerUp: null, tokens: [] };
	model ??= loadBase();
	const { runnerUp, tokens } = explain(model, row.description, Number(row.amount), row.currency);
	return { category, confidence, source, runnerUp, tokens };
}
