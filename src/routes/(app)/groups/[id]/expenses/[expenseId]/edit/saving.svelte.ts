/** Saves a changed expense. Where somebody else was faster, both versions are brought together before anything is written. */
import { draftOf, savedExpense, type DraftFields, type SavedExpense } from '#lib/groups/draft.ts';
import { merge, type Merge, type MergeField, type Side } from '#lib/groups/merge.ts';
import { m } from '#lib/paraglide/messages.js';
import { api, errorData, type Outputs } from '#lib/trpc.ts';
import type { ExpenseEditor } from '../../../expense-form/editor.svelte.ts';
import { splitFor } from '../../../expense-form/save.ts';

type Details = Outputs['expenses']['get'];

/** What the person has to decide, and what it is about. */
export type Question = {
	mine: SavedExpense;
	theirs: SavedExpense;
	merge: Merge;
	/** Their version. */
	version: number;
	/** The member who changed it, and when; null where the log does not say. */
	actorId: string | null;
	at: string;
	/** They removed it: to keep one's own changes it has to be brought back. */
	removed: boolean;
};

/** `merged`: with changes of somebody else. `asked`: not saved, there is a {@link Question} or the form says what is wrong. */
export type Outcome = 'saved' | 'merged' | 'asked';

/** How often others may be faster before the person is told. */
const mostTries = 5;

export class Saving {
	/** The version that what is typed started from. */
	version: number = $state(0);
	question: Question | null = $state.raw(null);
	/** What was taken over and has to be looked at. */
	note: string | null = $state(null);
	#base: SavedExpense;
	#merged = false;
	readonly #editor: ExpenseEditor;
	readonly #groupId: string;
	readonly #everybody: string[];

	constructor(
		editor: ExpenseEditor,
		groupId: string,
		base: SavedExpense,
		version: number,
		/** Who is in the group now. */
		everybody: string[]
	) {
		this.#editor = editor;
		this.#groupId = groupId;
		this.#base = base;
		this.version = version;
		this.#everybody = everybody;
	}

	async save(fields: DraftFields): Promise<Outcome> {
		let typed = fields;
		for (let tries = 0; tries < mostTries; tries++) {
			try {
				await this.#send(typed);
				return this.#merged ? 'merged' : 'saved';
			} catch (error) {
				const data = errorData(error);
				const isOutdated = data?.reason === 'expense_changed' || data?.reason === 'expense_removed';
				if (!isOutdated || tries === mostTries - 1) throw error;
			}
			await this.#meet(typed);
			if (this.question) return 'asked';
			const merged = this.#editor.reading.fields;
			if (!merged) return 'asked';
			typed = $state.snapshot(merged);
		}
		return 'asked';
	}

	/** Brings in what others have changed, without saving. */
	async look(): Promise<void> {
		const { fields } = this.#editor.reading;
		if (fields) await this.#meet($state.snapshot(fields));
	}

	/** The person has decided. Rejects when the expense cannot be brought back as it was asked about. */
	async decide(picks: Partial<Record<MergeField, Side>>): Promise<void> {
		const { question } = this;
		if (!question) return;
		if (question.removed) await this.#restore(question);
		// Restoring made it the next version: what somebody has changed after that, saving is told of.
		this.version = question.version + (question.removed ? 1 : 0);
		this.question = null;
		this.#take(question.theirs, merge(this.#base, question.mine, question.theirs, picks));
	}

	async #restore({ version, mine }: Question): Promise<void> {
		try {
			await api().expenses.restore.mutate({ id: this.#editor.id, version });
		} catch (error) {
			// Somebody has brought it back and removed it again: what is asked is about that one from now on.
			if (errorData(error)?.reason === 'expense_removed') await this.#meet(mine);
			throw error;
		}
	}

	#send({ schedule, ...fields }: DraftFields): Promise<unknown> {
		const isSame = JSON.stringify(schedule) === JSON.stringify(this.#base.schedule);
		return api().expenses.update.mutate({
			...fields,
			id: this.#editor.id,
			version: this.version,
			split: splitFor({ ...fields, schedule }, this.#everybody),
			...(!isSame && { schedule })
		});
	}

	/** Loads how it is now, and merges as far as nobody needs to be asked. */
	async #meet(mine: SavedExpense): Promise<void> {
		const { expenses, groups } = api();
		const [now, log] = await Promise.all([
			expenses.get.query({ id: this.#editor.id }),
			groups.activity.query({ groupId: this.#groupId, subjectId: this.#editor.id, limit: 20 })
		]);
		const line = log.items.find(({ kind }) => /^expense_(updated|removed|restored)$/.test(kind));
		const theirs = savedExpense(now, now.schedule);
		const merged = merge(this.#base, mine, theirs);
		if (merged.conflicts.length > 0 || now.deletedAt !== null) {
			this.question = {
				mine,
				theirs,
				merge: merged,
				version: now.version,
				actorId: line?.actor.memberId ?? null,
				at: line?.createdAt ?? updatedAt(now),
				removed: now.deletedAt !== null
			};
			return;
		}
		this.version = now.version;
		this.#take(theirs, merged);
	}

	#take(theirs: SavedExpense, { merged }: Merge): void {
		this.#base = theirs;
		this.#merged = true;
		const { locale, groupCurrency } = this.#editor;
		this.#editor.draft = draftOf(merged, groupCurrency, locale);
		this.note = this.#editor.reading.fields ? null : m.expenses_merge_mend();
	}
}

const updatedAt = ({ updatedAt }: Details): string => String(updatedAt);
