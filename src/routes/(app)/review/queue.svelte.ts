/** What waits for a look, as far as it is loaded, and what has been said of it on this page. */
import { problemOf } from '#lib/problem.ts';
import { Refresh } from '#lib/refresh.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api, type Outputs } from '#lib/trpc.ts';
import { undoCategories, type Undoing } from '../transactions/undo.ts';

type Page = Outputs['review']['list'];
export type ReviewItem = Page['items'][number];

/** An answer, which can be taken back. */
export type Answer = { undo: Undoing; key: string };

const pageSize = 50;
/** So few left that more are loaded unasked. */
const fewLeft = 10;

export class ReviewQueue {
	items: readonly ReviewItem[] = $state.raw([]);
	waiting: number = $state(0);
	/** The newest last. */
	answers: readonly Answer[] = $state.raw([]);
	failed: boolean = $state(false);
	#cursor: string | null = $state(null);
	readonly #refresh = new Refresh(() => this.#reload());

	constructor(first: Page) {
		this.#take(first);
		this.items = first.items;
	}

	get complete(): boolean {
		return this.#cursor === null;
	}

	/** Loads again what is shown; nothing changes its place under the reader. */
	refresh(): Promise<void> {
		return this.#refresh.ask();
	}

	stop(): void {
		this.#refresh.stop();
	}

	/** Loads what comes next. */
	async more(): Promise<void> {
		if (this.#cursor === null) return;
		try {
			const page = await api().review.list.query({ cursor: this.#cursor, limit: pageSize });
			this.#take(page);
			const isShown = (one: ReviewItem) => this.items.some(({ key }) => key === one.key);
			this.items = [...this.items, ...page.items.filter((one) => !isShown(one))];
			this.failed = false;
		} catch {
			this.failed = true;
		}
	}

	/** Says that a category is right, for one or for all like it. True when that was heard. */
	async accept({ transaction, key }: ReviewItem, categoryId: string, all: boolean): Promise<boolean> {
		try {
			const { changed, undo } = await api().review.accept.mutate({ id: transaction.id, categoryId, all });
			this.answers = [...this.answers, { undo, key }];
			this.waiting -= changed;
			if (all) this.items = this.items.filter((item) => item.key !== key);
			await this.refresh();
			return true;
		} catch (error) {
			toasts.show(problemOf(error).message, { tone: 'bad' });
			return false;
		}
	}

	/** Takes the last answer back, and says whose it was and how many wait again; null when there is none, or it could not be. */
	async undo(): Promise<{ key: string; count: number } | null> {
		const last = this.answers.at(-1);
		if (!last) return null;
		try {
			const { changed: count } = await undoCategories(last.undo);
			this.answers = this.answers.filter((answer) => answer !== last);
			await this.refresh();
			return { key: last.key, count };
		} catch (error) {
			toasts.show(problemOf(error).message, { tone: 'bad' });
			return null;
		}
	}

	#take({ nextCursor, waiting }: Page): void {
		this.#cursor = nextCursor;
		this.waiting = waiting;
	}

	async #reload(): Promise<void> {
		const shown = this.items.length;
		const fresh: ReviewItem[] = [];
		let page: Page;
		let cursor: string | undefined;
		do {
			page = await api().review.list.query({ limit: pageSize, ...(cursor && { cursor }) });
			fresh.push(...page.items);
			cursor = page.nextCursor ?? undefined;
		} while (cursor && fresh.length < shown);
		this.items = merged(this.items, fresh);
		this.#take(page);
		if (this.items.length < fewLeft) await this.more();
	}
}

/** What is still there keeps its place; what is new comes after whatever it comes after in the fresh list. */
function merged(shown: readonly ReviewItem[], fresh: readonly ReviewItem[]): ReviewItem[] {
	const byKey = new Map(fresh.map((item) => [item.key, item]));
	const items = shown.flatMap(({ key }) => byKey.get(key) ?? []);
	const keys = new Set(items.map(({ key }) => key));
	let before: string | undefined;
	for (const item of fresh) {
		if (!keys.has(item.key)) items.splice(items.findIndex(({ key }) => key === before) + 1, 0, item);
		before = item.key;
	}
	return items;
}
