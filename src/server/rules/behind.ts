import { prepare, subjectOf } from '#lib/rules/evaluate.ts';
import type { Conditions } from '#lib/rules/rule.ts';
import type { Db, Transaction } from '../db/client.ts';
import { activeRules, findRule } from './find.ts';
import { ruleView } from './view.ts';

export type RuleBehind = { id: string; name: string; conditions: Conditions };

/** Which of a person's rules, as they are now, gives a transaction the category that it has. */
export async function ruleBehind(db: Db, row: Transaction): Promise<RuleBehind | null> {
	const decide = prepare(await activeRules(db, row.userId));
	const decided = decide(subjectOf({ ...row, amount: Number(row.amount) })).categoryId;
	if (!decided || decided.value !== row.categoryId) return null;
	const { id, name, conditions } = ruleView(await findRule(db, row.userId, decided.ruleId));
	return { id, name, conditions };
}
