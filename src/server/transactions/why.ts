import { isBetweenOwn } from '#lib/transfers/evidence.ts';
import { explain } from '#models/explain.ts';
import { withoutRefund } from '#models/refund.ts';
import type { App } from '../app.ts';
import { categoriserFor } from '../categorising/categoriser.ts';
import type { CategorySource } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { ruleBehind, type RuleBehind } from '../rules/behind.ts';

export type Why = {
	category: string | null;
	confidence: number;
	source: CategorySource;
	/** What it would be otherwise. */
	runnerUp: string | null;
	/** The words that decided: positive ones spoke for the category, negative ones for the runner-up (log-odds). */
	tokens: { token: string; weight: number }[];
	/** It is taken for a refund: the category is that of payments to whoever it is from, and the words are what speaks for that. */
	refund: boolean;
	/** Its words alone say that it went between the person's own accounts: no other half is known, and nobody has said so. */
	alone: boolean;
	/** The rule that says so; null also where that has been changed or removed since. */
	rule: RuleBehind | null;
	/**
	 * How often the person has put payments like this one into this category, by the name they are known by; null when they have
	 * not. With source `model` it means that this decided.
	 */
	own: { name: string; times: number } | null;
};

/** So far from certain the odds of what was said often enough are shown. */
const leastDoubt = 0.001;

/** Who decided a transaction's category, and by which words. Error: NOT_FOUND. */
export async function whyCategory(
	{ db, models }: Pick<App, 'db' | 'models'>,
	userId: string,
	id: string
): Promise<Why> {
	const row = await db.transaction.findFirst({ where: { id, userId } });
	if (!row) throw notFound();
	const { categoryId: category, confidence, source, description, currency } = row;
	const amount = Number(row.amount);
	const rule = source === 'rule' ? await ruleBehind(db, row) : null;
	const nothing = { runnerUp: null, tokens: [], own: null, refund: false, alone: false };
	const none = { category, confidence, source, ...nothing, rule };
	if (source === 'rule' || source === 'transfer' || source === 'none' || category === null) return none;
	const { model } = await models.active();
	const decision = (await categoriserFor(db, userId, model)).decide({ description, amount, currency });
	const times = decision.said?.categories.find((one) => one.category === category)?.times ?? 0;
	const own = decision.said && times > 0 ? { name: decision.said.name, times } : null;
	if (source === 'user') return { ...none, own };
	const refund = decision.refund && decision.category === category;
	if (own && decision.category === category) {
		const doubt = Math.max(1 - decision.confidence, leastDoubt);
		const tokens = [{ token: own.name, weight: Math.log(decision.confidence / doubt) }];
		return { ...none, runnerUp: decision.runnerUp, tokens, own, refund };
	}
	const alone = isBetweenOwn(category);
	const paid = refund ? { amount: -amount, description: withoutRefund(description) ?? description } : {};
	const asked = { description, amount, ...paid };
	const { category: likeliest, runnerUp, tokens } = explain(model, asked.description, asked.amount, currency);
	if (likeliest === category) return { ...none, runnerUp, tokens, refund, alone };
	// It was decided by a model, or with corrections, that are not there any more.
	return { ...none, runnerUp: likeliest, alone };
}
