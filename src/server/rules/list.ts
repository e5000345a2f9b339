import type { Db } from '../db/client.ts';
import { rulesOf } from './find.ts';
import { ruleView, type RuleView } from './view.ts';

/** A person's rules, in their order. */
export const listRules = async (db: Db, userId: string): Promise<RuleView[]> =>
	(await rulesOf(db, userId)).map(ruleView);
