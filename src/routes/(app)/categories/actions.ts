/** What can be done with a category, as the items of a menu. */
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Merge from '@lucide/svelte/icons/merge';
import Pencil from '@lucide/svelte/icons/pencil';
import type { MenuItem } from '#lib/components/Menu.svelte';
import { m } from '#lib/paraglide/messages.js';

type Todo = {
	isHidden: boolean;
	/** For a person's own. */
	isOwn: boolean;
	onedit: () => unknown;
	onmerge: () => unknown;
	onhide: (hidden: boolean) => unknown;
};

export const actionsOf = ({ isHidden, isOwn, onedit, onmerge, onhide }: Todo): MenuItem[] => [
	...(isOwn ? [{ label: m.categories_edit(), icon: Pencil, onselect: onedit }] : []),
	{
		label: isHidden ? m.categories_show() : m.categories_hide(),
		icon: isHidden ? Eye : EyeOff,
		onselect: () => onhide(!isHidden)
	},
	...(isOwn ? [{ label: m.categories_merge(), icon: Merge, onselect: onmerge, danger: true }] : [])
];
