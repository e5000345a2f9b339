/** What the people of a group are called, from the reader's point of view. */
import * as speaking from '#lib/groups/speaking.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outputs } from '#lib/trpc.ts';

export type Group = Outputs['groups']['get'];
export type Member = Group['members'][number];

const memberOf = (group: Group, memberId: string): Member | undefined =>
	group.members.find((member) => member.memberId === memberId);

/** The name of a member, former ones included. */
export const nameOf = (group: Group, memberId: string): string => memberOf(group, memberId)?.name ?? '';

export const isMe = ({ me }: Group, memberId: string): boolean => me.memberId === memberId;

/** Whether the reader may speak for one side of money between two members, as the server decides it. */
export function speaksFor(group: Group, memberId: string, otherId: string): boolean {
	const [side, other] = [memberOf(group, memberId), memberOf(group, otherId)];
	return side !== undefined && other !== undefined && speaking.speaksFor(group.me.memberId, side, other);
}

/** Whether the reader may say that money went from one to the other, or take that back. */
export const maySettle = (group: Group, one: string, other: string): boolean =>
	speaksFor(group, one, other) || speaksFor(group, other, one);

/** "You", or the name. */
export const youOr = (group: Group, memberId: string): string =>
	isMe(group, memberId) ? m.groups_you() : nameOf(group, memberId);

/** Money that has gone: "Ben paid you". */
export function paidText(group: Group, from: string, to: string): string {
	if (isMe(group, from)) return m.groups_you_paid({ to: nameOf(group, to) });
	if (isMe(group, to)) return m.groups_paid_you({ from: nameOf(group, from) });
	return m.groups_paid({ from: nameOf(group, from), to: nameOf(group, to) });
}

/** Money that is to go: "Ben pays you 12.40 €". */
export function paysText(group: Group, from: string, to: string, amount: string): string {
	if (isMe(group, from)) return m.groups_you_pay({ to: nameOf(group, to), amount });
	if (isMe(group, to)) return m.groups_pays_you({ from: nameOf(group, from), amount });
	return m.groups_pays({ from: nameOf(group, from), to: nameOf(group, to), amount });
}

/** What one owes another: "You owe Ana 12.40 €". */
export function owesText(group: Group, from: string, to: string, amount: string): string {
	if (isMe(group, from)) return m.groups_you_owe_to({ to: nameOf(group, to), amount });
	if (isMe(group, to)) return m.groups_owes_you({ from: nameOf(group, from), amount });
	return m.groups_owes_to({ from: nameOf(group, from), to: nameOf(group, to), amount });
}
