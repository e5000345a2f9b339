/** What can happen in a group. Each is one revision, one line of its activity log and one `group:changed` event. */
export const activityKinds = [
	'group_created',
	'group_updated',
	'group_archived',
	'group_restored',
	'member_added',
	'member_joined',
	'member_claimed',
	'member_renamed',
	'member_removed',
	'member_left',
	'member_released',
	'owner_changed',
	'invite_created',
	'invite_revoked',
	'expense_added',
	'expense_updated',
	'expense_removed',
	'expense_restored',
	'expense_commented',
	'expense_imported',
	'receipt_added',
	'receipt_removed',
	'schedule_added',
	'schedule_ended',
	'share_paid',
	'share_unpaid',
	'settlement_marked',
	'settlement_confirmed',
	'settlement_disputed',
	'settlement_linked',
	'settlement_removed',
	'budget_added',
	'budget_changed',
	'budget_removed',
	'budget_restored'
] as const;

export type ActivityKind = (typeof activityKinds)[number];

/** What it was about, as it was called then: so that the log can be read when that is gone. */
export type ActivitySummary = {
	/** The expense, group or budget, or the settlement's note. */
	title?: string;
	/** The member it was done to. */
	name?: string;
	/** In minor units. */
	amount?: number;
	currency?: string;
	/** How many, for an import. */
	count?: number;
};

/** Field → what it was and what it is, as people read it or as the API gives it. */
export type ActivityChanges = Record<string, [before: unknown, after: unknown]>;
