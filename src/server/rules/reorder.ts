import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { rulesChanged } from './changed.ts';
import { lockRules } from './create.ts';
import { rulesOf } from './find.ts';
import { ruleView, type RuleView } from './view.ts';

/**
 * Puts a person's rules in another order; `ids` are all of them. Errors: NOT_FOUND (one is not theirs), CONFLICT
 * (`rules_changed`, with all of them as `current`) where some are missing: they were added since.
 */
export const reorderRules = (
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	ids: readonly string[]
): Promise<RuleView[]> =>
	inTx(app.db, async (tx) => {
		await lockRules(tx, userId);
		const rules = new Map((await rulesOf(tx, userId)).map((rule) => [rule.id, rule]));
		const wanted = [...new Set(ids)].map((id) => {
			const rule = rules.get(id);
			if (!rule) throw notFound();
			return rule;
		});
		if (wanted.length < rules.size) {
			const current = [...rules.values()].map(ruleView);
			throw new DomainError('CONFLICT', 'rules_changed', { current });
		}
		for (const [position, rule] of wanted.entries()) {
			if (rule.position !== position) await tx.rule.update({ where: { id: rule.id }, data: { position } });
		}
		rulesChanged(tx, app, userId);
		return wanted.map(ruleView);
	});
