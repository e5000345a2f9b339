import type { Component } from 'svelte';

/** An icon from `@lucide/svelte/icons/*`. */
export type IconComponent = Component<{ size?: number | string; 'aria-hidden'?: 'true' }>;
