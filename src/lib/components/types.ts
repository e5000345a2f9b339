import type { Component } from 'svelte';

/** An icon from `@lucide/svelte/icons/*`. */
export type IconComponent = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;

/** What Confirm asks. */
export type Question = {
	title: string;
	/** What happens then, in words that name whom or what. */
	text: string;
	/** What the button does. */
	action: string;
};
