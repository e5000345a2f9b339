/** The state of an expense form. What is typed stays, whatever is loaded meanwhile. */
import type { Seed } from '#lib/groups/apportion.ts';
import type { ExpenseDraft } from '#lib/groups/draft.ts';
import { differenceOf, giveTo } from '#lib/groups/give-to.ts';
import type { Someone } from '#lib/groups/people.ts';
import { readDraft } from '#lib/groups/read-draft.ts';
import type { Share } from '#lib/groups/shares.ts';
import { writeAmount } from '#lib/groups/amount-input.ts';
import { getLocale } from '#lib/i18n.ts';

export type Start = {
	/** The expense's, made before it is saved. */
	id: string;
	/** Whose turn the odd unit is; others who add something move it on. */
	seed: () => Seed;
	draft: ExpenseDraft;
	people: Someone[];
	groupCurrency: string;
};

export class ExpenseEditor {
	readonly id: string;
	readonly #seed: () => Seed;
	readonly people: Someone[];
	readonly groupCurrency: string;
	readonly locale = getLocale();
	draft = $state() as ExpenseDraft;
	/** Somebody has tried to save: from now on, what is missing is marked. */
	tried = $state(false);
	/** A picture to send along, or the wish to take the one there away. */
	receipt: File | 'remove' | null = $state.raw(null);

	reading = $derived.by(() => readDraft(this.draft, this.#seed(), this.locale));
	difference = $derived.by(() => differenceOf(this.draft, this.reading, this.locale));
	/** What everybody's share is, in the currency that was typed. */
	shares: Readonly<Record<string, Share>> = $derived(
		Object.fromEntries(this.reading.shares?.map((share) => [share.memberId, share]) ?? [])
	);

	constructor({ id, seed, draft, people, groupCurrency }: Start) {
		this.id = id;
		this.#seed = seed;
		this.draft = draft;
		this.people = people;
		this.groupCurrency = groupCurrency;
	}

	nameOf(memberId: string): string {
		return this.people.find(({ id }) => id === memberId)?.name ?? '';
	}

	/** Whether the text of a field is no number. */
	isBad(key: string): boolean {
		return this.reading.bad.has(key);
	}

	/** Lets a member take what does not add up. */
	give(memberId: string): void {
		if (this.difference)
			this.draft = giveTo($state.snapshot(this.draft), this.difference, memberId, this.locale);
	}

	/** Lets the amount be what the items come to. */
	takeItemsTotal(): void {
		this.draft.amount = writeAmount(Math.abs(this.reading.itemsTotal), this.draft.currency, this.locale);
	}
}
