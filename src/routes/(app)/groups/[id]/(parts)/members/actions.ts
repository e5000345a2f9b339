/** What can be done about a member, by whom, and what is asked before it. */
import Crown from '@lucide/svelte/icons/crown';
import KeyRound from '@lucide/svelte/icons/key-round';
import LinkIcon from '@lucide/svelte/icons/link';
import Pencil from '@lucide/svelte/icons/pencil';
import Undo2 from '@lucide/svelte/icons/undo-2';
import UserMinus from '@lucide/svelte/icons/user-minus';
import UserRound from '@lucide/svelte/icons/user-round';
import type { IconComponent, Question } from '#lib/components/types.ts';
import { formatAmount } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import { api } from '#lib/trpc.ts';
import { isMe, type Group, type Member } from '../../names.ts';

type Balance = { currency: string; amount: number };

/** `rename` and `link` open a dialog of the page; the others call the server. */
export type Action = { label: string; icon: IconComponent; danger?: boolean } & (
	{ dialog: 'rename' | 'link' } | { question?: Question; run: () => Promise<unknown>; done: string }
);

/** "Ben is owed 12.40 €. " for each currency; nothing when they are even. */
export const balanceSentences = (name: string, balances: readonly Balance[]): string =>
	balances
		.map(({ currency, amount }) => {
			const money = formatAmount(Math.abs(amount), currency);
			return amount > 0
				? m.groups_somebody_is_owed({ name, amount: money })
				: m.groups_somebody_owes({ name, amount: money });
		})
		.join(' ');

/** What makes sense for a member as they are now. In an archived group people can only go. */
export function actionsFor(group: Group, member: Member, balances: readonly Balance[]): Action[] {
	if (member.removed) return group.me.role === 'owner' && !group.archived ? [bringBack(group, member)] : [];
	const actions = group.archived ? [] : changes(group, member);
	if (group.me.role === 'owner' && !isMe(group, member.memberId)) {
		actions.push(removal(group, member, balances));
	}
	return actions;
}

function changes(group: Group, { memberId, name, role, hasAccount }: Member): Action[] {
	const { id: groupId } = group;
	const { members } = api();
	const isOwner = group.me.role === 'owner';
	const actions: Action[] = [];
	if (isMe(group, memberId) || !hasAccount || isOwner)
		actions.push({ label: m.groups_rename(), icon: Pencil, dialog: 'rename' });
	if (!hasAccount) actions.push({ label: m.groups_link_for(), icon: LinkIcon, dialog: 'link' });
	if (!isOwner) return actions;
	const owners = group.members.filter((one) => one.role === 'owner' && !one.removed).length;
	if (hasAccount && role !== 'owner') {
		actions.push({
			label: m.groups_make_owner(),
			icon: Crown,
			run: () => members.setRole.mutate({ groupId, memberId, role: 'owner' }),
			done: m.groups_make_owner_done({ name })
		});
		actions.push({
			label: m.groups_hand_over(),
			icon: KeyRound,
			question: {
				title: m.groups_hand_over_ask({ name }),
				text: m.groups_hand_over_text({ name }),
				action: m.groups_hand_over()
			},
			run: () => members.setRole.mutate({ groupId, memberId, role: 'owner', transfer: true }),
			done: m.groups_make_owner_done({ name })
		});
	}
	if (role === 'owner' && owners > 1) {
		actions.push({
			label: m.groups_make_member(),
			icon: UserRound,
			run: () => members.setRole.mutate({ groupId, memberId, role: 'member' }),
			done: m.groups_make_member_done({ name })
		});
	}
	return actions;
}

/** As a name without an account: whoever it is then gets a link. */
function bringBack({ id: groupId }: Group, { memberId, name, hasAccount }: Member): Action {
	const action = m.groups_release();
	return {
		label: action,
		icon: Undo2,
		...(hasAccount && {
			question: { title: m.groups_release_ask({ name }), text: m.groups_release_text({ name }), action }
		}),
		run: () => api().members.release.mutate({ groupId, memberId }),
		done: m.groups_release_done({ name })
	};
}

function removal({ id: groupId }: Group, { memberId, name }: Member, balances: readonly Balance[]): Action {
	const stands = balanceSentences(name, balances);
	return {
		label: m.groups_remove(),
		icon: UserMinus,
		danger: true,
		question: {
			title: m.groups_remove_ask({ name }),
			text: stands ? m.groups_remove_uneven({ stands, name }) : m.groups_remove_even({ name }),
			action: m.groups_payment_remove()
		},
		run: () => api().members.remove.mutate({ groupId, memberId }),
		done: m.groups_remove_done({ name })
	};
}
