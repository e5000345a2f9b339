/** Keys that do something on the page at hand: one list, so that the help and the palette tell the truth. Browser only. */

import { untrack } from 'svelte';

export type Shortcut = {
	/** As in KeyboardEvent.key: 'n', '/', '?'. */
	key: string;
	/** What it does, for the help and the palette. */
	label: string;
	run: () => void;
};

class Shortcuts {
	items: readonly Shortcut[] = $state.raw([]);

	/** Adds keys and answers with what takes them away: `$effect(() => shortcuts.add([…]))`. Later ones win. */
	add(added: readonly Shortcut[]): () => void {
		// Whoever adds in an effect does not want to run again when somebody else adds.
		this.items = [...untrack(() => this.items), ...added];
		return () => {
			this.items = this.items.filter((item) => !added.includes(item));
		};
	}

	find(key: string): Shortcut | undefined {
		return this.items.findLast((item) => item.key === key);
	}
}

export const shortcuts = new Shortcuts();

/** True while a person is typing, or a dialog or panel is open: then single keys are theirs. */
export const isTyping = (target: EventTarget | null): boolean =>
	(target instanceof Element &&
		target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]') !== null) ||
	document.querySelector('dialog[open], [popover="auto"]:popover-open') !== null;
