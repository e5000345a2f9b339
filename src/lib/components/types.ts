import type { Component } from 'svelte';

/** An icon from `@lucide/svelte/icons/*`. */
export type Icon = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
