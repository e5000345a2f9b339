import type { RuleUpdate } from '#lib/rules/rule.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { rulesChanged } from './changed.ts';
import { checkRule } from './check.ts';
import { lockRules } from './create.ts';
import { findRule } from './find.ts';
import { ruleView, type RuleView } from './view.ts';

/**
 * Changes a rule; what is left out stays. What it has done already stays too. Errors: NOT_FOUND, those of {@link checkRule}.
 */
export const updateRule = (
	app: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, name, enabled, conditions, actions }: RuleUpdate
): Promise<RuleView> =>
	inTx(app.db, async (tx) => {
		await lockRules(tx, userId);
		await findRule(tx, userId, id);
		await checkRule(tx, userId, { conditions, actions });
		rulesChanged(tx, app, userId);
		const rule = await tx.rule.update({
			where: { id },
			data: {
				...(name !== undefined && { name }),
				...(enabled !== undefined && { enabled }),
				...(conditions !== undefined && { conditions }),
				...(actions !== undefined && { actions })
			}
		});
		return ruleView(rule);
	});
