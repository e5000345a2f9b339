import type { Actions, Conditions } from '#lib/rules/rule.ts';
import type { Rule } from '../db/client.ts';

/** A rule as the API shows it; a list of them is in the order in which they are asked. */
export type RuleView = {
	id: string;
	/** May be empty. */
	name: string;
	enabled: boolean;
	conditions: Conditions;
	actions: Actions;
	createdAt: Date;
};

export const ruleView = ({ id, name, enabled, conditions, actions, createdAt }: Rule): RuleView => ({
	...{ id, name, enabled, createdAt },
	conditions: conditions as Conditions,
	actions: actions as Actions
});
