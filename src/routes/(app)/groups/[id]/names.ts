/** What the people of a group are called, from the reader's point of view. */
import { m } from '#lib/paraglide/messages.js';
import type { Outputs } from '#lib/trpc.ts';

export type Group = Outputs['groups']['get'];
export type Member = Group['members'][number];

/** The name of a member, former ones included. */
export const nameOf = (group: Group, memberId: string): string =>
	group.members.find((member) => member.memberId === memberId)?.name ?? '';

export const isMe = ({ me }: Group, memberId: string): boolean => me.memberId === memberId;

/** Whether the reader may speak for a member in money between two: nobody else does for a name without an account. */
export const speakFor = (group: Group, memberId: string): boolean => {
	const member = group.members.find((one) => one.memberId === memberId);
	return isMe(group, memberId) || member?.hasAccount === false || member?.removed === true;
};

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
