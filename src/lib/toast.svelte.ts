/** Short news at the bottom of the screen, with an Undo where something can be taken back. Browser only. */

export type ToastTone = 'neutral' | 'good' | 'bad';

export type Toast = {
	id: number;
	text: string;
	tone: ToastTone;
	/** What Undo does; the toast closes when it has. */
	undo: (() => unknown) | undefined;
	/** Something else to do about it, offered as a button; the toast closes then too. */
	action: { label: string; run: () => unknown } | undefined;
	seconds: number;
};

export type ToastOptions = Partial<Pick<Toast, 'tone' | 'undo' | 'action' | 'seconds'>>;

class Toasts {
	items: Toast[] = $state([]);
	#next = 1;

	/** Shows a text for 5 seconds, or 10 with a button (and for as long as a pointer or the focus is on it). */
	show(
		text: string,
		{ tone = 'neutral', undo, action, seconds = undo || action ? 10 : 5 }: ToastOptions = {}
	): void {
		this.items = [...this.items.slice(-2), { id: this.#next++, text, tone, undo, action, seconds }];
	}

	close(id: number): void {
		this.items = this.items.filter((toast) => toast.id !== id);
	}
}

export const toasts = new Toasts();
