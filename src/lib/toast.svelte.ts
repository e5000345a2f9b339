/** Short news at the bottom of the screen, with an Undo where something can be taken back. Browser only. */

export type ToastTone = 'neutral' | 'good' | 'bad';

export type Toast = {
	id: number;
	text: string;
	tone: ToastTone;
	/** What Undo does; the toast closes when it has. */
	undo: (() => unknown) | undefined;
	seconds: number;
};

export type ToastOptions = { tone?: ToastTone; undo?: () => unknown; seconds?: number };

class Toasts {
	items: Toast[] = $state([]);
	#next = 1;

	/** Shows a text for 5 seconds, or 10 when it can be undone (and for as long as a pointer or the focus is on it). */
	show(text: string, { tone = 'neutral', undo, seconds = undo ? 10 : 5 }: ToastOptions = {}): void {
		this.items = [...this.items.slice(-2), { id: this.#next++, text, tone, undo, seconds }];
	}

	close(id: number): void {
		this.items = this.items.filter((toast) => toast.id !== id);
	}
}

export const toasts = new Toasts();
