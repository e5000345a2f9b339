import type { Rule as Parsed } from '#lib/rules/rule.ts';
import type { Db, Rule, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';

/** A person's rules as they are stored, the first to be asked first. */
export const rulesOf = (db: Db | Tx, userId: string): Promise<Rule[]> =>
	db.rule.findMany({ where: { userId }, orderBy: [{ position: 'asc' }, { id: 'asc' }] });

/** Those that are turned on, as they are tried on transactions. */
export const activeRules = async (db: Db | Tx, userId: string): Promise<Parsed[]> =>
	(await rulesOf(db, userId)).filter(({ enabled }) => enabled).map(parsed);

/** One of them. Error: NOT_FOUND. */
export async function findRule(db: Db | Tx, userId: string, id: string): Promise<Rule> {
	const rule = await db.rule.findFirst({ where: { id, userId } });
	if (!rule) throw notFound();
	return rule;
}

/** What was checked when it was stored. */
export const parsed = ({ id, conditions, actions }: Pick<Rule, 'id' | 'conditions' | 'actions'>): Parsed => ({
	id,
	conditions: conditions as Parsed['conditions'],
	actions: actions as Parsed['actions']
});
