import { createContext } from 'svelte';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Gauge from '@lucide/svelte/icons/gauge';
import House from '@lucide/svelte/icons/house';
import List from '@lucide/svelte/icons/list';
import ListTree from '@lucide/svelte/icons/list-tree';
import Repeat from '@lucide/svelte/icons/repeat';
import Tags from '@lucide/svelte/icons/tags';
import Upload from '@lucide/svelte/icons/upload';
import UsersRound from '@lucide/svelte/icons/users-round';
import { m } from '#lib/paraglide/messages.js';
import type { IconComponent } from './types.ts';

export type Destination = {
	href: string;
	label: string;
	icon: IconComponent;
	/** What it is called in the bar of a phone; without it, it is behind "More" there. */
	short?: string;
};

/** The main pages, in the order of the navigation. */
export const destinations = (): readonly Destination[] => [
	{ href: '/', label: m.app_nav_home(), short: m.app_nav_home(), icon: House },
	{
		href: '/transactions',
		label: m.app_nav_transactions(),
		short: m.app_nav_transactions_short(),
		icon: List
	},
	{ href: '/budgets', label: m.app_nav_budgets(), icon: Gauge },
	{ href: '/groups', label: m.app_nav_groups(), short: m.app_nav_groups(), icon: UsersRound },
	{ href: '/recurring', label: m.app_nav_recurring(), icon: Repeat },
	{ href: '/reports', label: m.app_nav_reports(), icon: ChartColumn },
	{ href: '/uploads', label: m.app_nav_import(), icon: Upload }
];

/** Pages about transactions: behind "More" on a phone, and in the palette. */
export const aboutTransactions = (): readonly (Destination & { hint: string })[] => [
	{ href: '/review', label: m.review_title(), hint: m.app_nav_review_hint(), icon: CircleQuestionMark },
	{ href: '/rules', label: m.rules_title(), hint: m.app_nav_transactions(), icon: ListTree },
	{ href: '/categories', label: m.categories_title(), hint: m.app_nav_transactions(), icon: Tags }
];

/** The main page that pages without an entry of their own belong to. */
const above: readonly (readonly [page: string, main: string])[] = [
	['/review', '/transactions'],
	['/rules', '/transactions'],
	['/categories', '/transactions']
];

/** What the frame tells the pages inside it. */
export const [getFrame, setFrame] = createContext<{
	/** Null: the notifications are not open to the person. */
	readonly unread: number | null;
}>();

/** For `aria-current`: whether a destination is the page at hand, or one above it. */
export const currentPage = (href: string, pathname: string): 'page' | undefined =>
	(href === '/' ? pathname === '/' : pathname.startsWith(href)) ||
	above.some(([page, main]) => main === href && pathname.startsWith(page))
		? 'page'
		: undefined;
