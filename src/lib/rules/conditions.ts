/** What groups of conditions hold. */
import type { Condition, Conditions } from './rule.ts';

export const isGroup = (node: Condition | Conditions): node is Conditions =>
	node.kind === 'all' || node.kind === 'any';

/** How many conditions there are, in all groups. */
export const countOf = (node: Condition | Conditions): number =>
	isGroup(node) ? node.of.reduce((sum, one) => sum + countOf(one), 0) : 1;

/** Every condition, whatever group it is in. */
export const leavesOf = (node: Condition | Conditions): Condition[] =>
	isGroup(node) ? node.of.flatMap(leavesOf) : [node];
