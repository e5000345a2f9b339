import { explain } from '#models/explain.ts';
import type { App } from '../app.ts';
import type { CategorySource } from '../db/client.ts';
import { notFound } from '../errors.ts';

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
export async function whyCategory(
	{ db, models }: Pick<App, 'db' | 'models'>,
	userId: string,
	id: string
): Promise<Why> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { categoryId: category, confidence, source } = row;
	if (source !== 'model') return { category, confidence, source, runnerUp: null, tokens: [] };
	const { model } = await models.active();
	const { runnerUp, tokens } = explain(model, row.description, Number(row.amount), row.currency);
	return { category, confidence, source, runnerUp, tokens };
}
