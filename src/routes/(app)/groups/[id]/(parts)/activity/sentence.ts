/** What happened, in one sentence. */
import type { ActivityKind } from '#lib/groups/activity.ts';
import { formatAmount } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outputs } from '#lib/trpc.ts';

export type Line = Outputs['groups']['activity']['items'][number];

type Told = { actor: string; title: string; name: string; amount: string; count: number };

const sentences: Record<ActivityKind, (told: Told) => string> = {
	group_created: m.groups_act_group_created,
	group_updated: m.groups_act_group_updated,
	group_archived: m.groups_act_group_archived,
	group_restored: m.groups_act_group_restored,
	member_added: m.groups_act_member_added,
	member_joined: m.groups_act_member_joined,
	member_claimed: m.groups_act_member_claimed,
	member_renamed: m.groups_act_member_renamed,
	member_removed: m.groups_act_member_removed,
	member_left: m.groups_act_member_left,
	member_released: m.groups_act_member_released,
	owner_changed: m.groups_act_owner_changed,
	invite_created: (told) =>
		told.name ? m.groups_act_invite_created_for(told) : m.groups_act_invite_created(told),
	invite_revoked: m.groups_act_invite_revoked,
	expense_added: m.groups_act_expense_added,
	expense_updated: m.groups_act_expense_updated,
	expense_removed: m.groups_act_expense_removed,
	expense_restored: m.groups_act_expense_restored,
	expense_commented: m.groups_act_expense_commented,
	expense_imported: m.groups_act_expense_imported,
	receipt_added: m.groups_act_receipt_added,
	receipt_removed: m.groups_act_receipt_removed,
	schedule_added: m.groups_act_schedule_added,
	schedule_ended: m.groups_act_schedule_ended,
	share_paid: (told) => (told.name ? m.groups_act_share_paid(told) : m.groups_act_share_paid_own(told)),
	share_unpaid: (told) => (told.name ? m.groups_act_share_unpaid(told) : m.groups_act_share_unpaid_own(told)),
	settlement_marked: m.groups_act_settlement_marked,
	settlement_confirmed: m.groups_act_settlement_confirmed,
	settlement_disputed: m.groups_act_settlement_disputed,
	settlement_linked: m.groups_act_settlement_linked,
	settlement_removed: m.groups_act_settlement_removed,
	budget_added: m.groups_act_budget_added,
	budget_changed: m.groups_act_budget_changed,
	budget_removed: m.groups_act_budget_removed,
	budget_restored: m.groups_act_budget_restored
};

export function sentence({ kind, actor, summary, changes }: Line): string {
	const { title = '', name = '', amount, currency, count = 0 } = summary;
	const money = amount !== undefined && currency ? formatAmount(amount, currency) : '';
	const told = { actor: actor.name, title, name, amount: money, count };
	// Nobody wanted that: it could not be made any more.
	if (kind === 'schedule_ended' && changes?.['stopped']) return m.groups_act_schedule_stopped(told);
	return sentences[kind](told);
}
