/** What an admin can do about somebody else's account, and what is asked before it. */
import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import LogOut from '@lucide/svelte/icons/log-out';
import ShieldOff from '@lucide/svelte/icons/shield-off';
import UserCog from '@lucide/svelte/icons/user-cog';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Question } from '#lib/components/Confirm.svelte';
import type { IconComponent } from '#lib/components/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { api, type Outputs } from '#lib/trpc.ts';

type Person = Outputs['admin']['users']['list'][number];

export type Action = {
	label: string;
	icon: IconComponent;
	/** For what somebody loses something by. */
	question?: Question;
	run: () => Promise<unknown>;
	/** What is told when it has worked. */
	done: string;
};

/** The actions that make sense for a person as they are now. */
export function actionsFor({ id, name, role, hasMfa, disabled, sessions, tokens }: Person): Action[] {
	const { users } = api().admin;
	const signOut: Action = {
		label: m.admin_sign_out(),
		icon: LogOut,
		question: {
			title: m.admin_sign_out_ask({ name }),
			text: m.admin_sign_out_text({ name }),
			action: m.admin_sign_out()
		},
		run: () => users.signOut.mutate({ id }),
		done: m.admin_sign_out_done({ name })
	};
	const resetMfa: Action = {
		label: m.admin_reset_mfa(),
		icon: ShieldOff,
		question: {
			title: m.admin_reset_mfa_ask({ name }),
			text: m.admin_reset_mfa_text({ name }),
			action: m.admin_reset_mfa()
		},
		run: () => users.resetMfa.mutate({ id }),
		done: m.admin_reset_mfa_done({ name })
	};
	const changeRole: Action =
		role === 'admin'
			? {
					label: m.admin_make_member(),
					icon: UserRound,
					question: {
						title: m.admin_make_member_ask({ name }),
						text: m.admin_make_member_text({ name }),
						action: m.admin_make_member()
					},
					run: () => users.setRole.mutate({ id, role: 'member' }),
					done: m.admin_make_member_done({ name })
				}
			: {
					label: m.admin_make_admin(),
					icon: UserCog,
					question: {
						title: m.admin_make_admin_ask({ name }),
						text: m.admin_make_admin_text({ name }),
						action: m.admin_make_admin()
					},
					run: () => users.setRole.mutate({ id, role: 'admin' }),
					done: m.admin_make_admin_done({ name })
				};
	const shut: Action = disabled
		? {
				label: m.admin_enable(),
				icon: CircleCheck,
				run: () => users.setDisabled.mutate({ id, disabled: false }),
				done: m.admin_enable_done({ name })
			}
		: {
				label: m.admin_disable(),
				icon: Ban,
				question: {
					title: m.admin_disable_ask({ name }),
					text: m.admin_disable_text({ name }),
					action: m.admin_disable()
				},
				run: () => users.setDisabled.mutate({ id, disabled: true }),
				done: m.admin_disable_done({ name })
			};
	return [
		...(sessions + tokens > 0 ? [signOut] : []),
		...(hasMfa ? [resetMfa] : []),
		...(disabled ? [] : [changeRole]),
		shut
	];
}
