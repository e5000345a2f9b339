import { v7 } from 'uuid';
import { mostRules, type NewRule } from '#lib/rules/rule.ts';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { rulesChanged } from './changed.ts';
import { checkRule } from './check.ts';
import { ruleView, type RuleView } from './view.ts';

/**
 * Adds a rule after the others. Sent again with the same id it returns what came of the first. Errors: those of
 * {@link checkRule}, CONFLICT (`id_taken`, `too_many_rules`).
 */
export async function createRule(
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id = v7(), ...fields }: NewRule
): Promise<RuleView> {
	const made = inTx(app.db, async (tx) => {
		await lockRules(tx, userId);
		const before = await tx.rule.findUnique({ where: { id } });
		if (before && before.userId !== userId) throw idTaken();
		if (before) return before;
		await checkRule(tx, userId, fields);
		const others = await tx.rule.aggregate({ where: { userId }, _count: true, _max: { position: true } });
		if (others._count >= mostRules) {
			throw new DomainError('CONFLICT', 'too_many_rules', { params: { most: mostRules } });
		}
		rulesChanged(tx, app, userId);
		const position = (others._max.position ?? -1) + 1;
		return tx.rule.create({ data: { id, userId, position, ...fields } });
	});
	const rule = await made.catch((error: unknown): never => {
		// Two people at once: their locks do not keep them apart.
		if (isDuplicateKey(error, 'Rule')) throw idTaken();
		throw error;
	});
	return ruleView(rule);
}

const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');

/** Waits for whoever else is adding to a person's rules or putting them in order. */
export async function lockRules(tx: Tx, userId: string): Promise<void> {
	await tx.$executeRaw`UPDATE "User" SET "id" = "id" WHERE "id" = ${userId}`;
}
