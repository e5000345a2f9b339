/** Putting transactions into a category: at the server, in the list, and in the words that follow. */
import { groupName } from '#lib/category-names.ts';
import { formatNumber } from '#lib/i18n.ts';
import { categoryName, groupOf } from '#lib/my-categories.ts';
import { m } from '#lib/paraglide/messages.js';
import { problemOf } from '#lib/problem.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';
import type { Transaction, TransactionList } from './transaction-list.svelte.ts';
import { undoCategories, type Undoing } from './undo.ts';

/** As many as the server takes at once. */
const idsAtOnce = 1000;

function named(categoryId: string | null): Transaction['category'] {
	const group = categoryId && groupOf(categoryId);
	return group ? { name: categoryName(categoryId), parent: groupName(group) } : null;
}

const chosen = (categoryId: string): Partial<Transaction> => ({
	...{ categoryId, category: named(categoryId) },
	...{ source: 'user', confidence: 1, review: false }
});

const isOneOf = (ids: readonly string[]) => {
	const known = new Set(ids);
	return ({ id }: Transaction) => known.has(id);
};

const inParts = (ids: readonly string[]): string[][] =>
	Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, i) =>
		ids.slice(i * idsAtOnce, (i + 1) * idsAtOnce)
	);

const tell = (error: unknown) => toasts.show(problemOf(error).message, { tone: 'bad' });

const changed = (count: number) => m.transactions_changed({ count, number: formatNumber(count) });

/** One transaction; offers to do the same for others of its merchant. */
export async function categorise(
	transaction: Transaction,
	categoryId: string,
	list: TransactionList
): Promise<void> {
	const { id, merchant, categoryId: before } = transaction;
	try {
		const { similar, undo } = await api().transactions.setCategory.mutate({ id, categoryId });
		list.change(isOneOf([id]), chosen(categoryId));
		toasts.show(m.transactions_now({ merchant, category: categoryName(categoryId) }), {
			...(similar > 0 && {
				action: {
					label: m.transactions_also({ count: similar, number: formatNumber(similar) }),
					run: () => categoriseSimilar(transaction, categoryId, list)
				}
			}),
			...(before !== categoryId && { undo: () => putBack([undo], list) })
		});
	} catch (error) {
		tell(error);
	}
}

/** Lets the guess stand again, where the person has spoken. */
export async function takeBack(id: string, list: TransactionList): Promise<void> {
	try {
		const { guesses } = await api().transactions.takeBack.mutate({ ids: [id] });
		show(guesses, list);
		toasts.show(m.transactions_taken_back());
	} catch (error) {
		tell(error);
	}
}

/** Undo: everything is as it was before it was said. */
async function putBack(undoings: readonly Undoing[], list: TransactionList): Promise<void> {
	try {
		for (const undoing of undoings) show((await undoCategories(undoing)).guesses, list);
		toasts.show(m.transactions_undone());
	} catch (error) {
		tell(error);
	}
}

function show(guesses: readonly (Pick<Transaction, 'id'> & Partial<Transaction>)[], list: TransactionList) {
	const byId = new Map(guesses.map(({ id, ...guess }) => [id, guess]));
	list.change(
		({ id }) => byId.has(id),
		({ id }) => {
			const guess = byId.get(id)!;
			return { ...guess, category: named(guess.categoryId ?? null) };
		}
	);
}

async function categoriseSimilar({ id }: Transaction, categoryId: string, list: TransactionList) {
	try {
		const said = { id, categoryId, applyToSimilar: true };
		const { ids, undo } = await api().transactions.setCategory.mutate(said);
		list.change(isOneOf(ids), chosen(categoryId));
		toasts.show(changed(ids.length), { tone: 'good', undo: () => putBack([undo], list) });
	} catch (error) {
		tell(error);
	}
}

/** Many at once. */
export async function categoriseAll(
	ids: readonly string[],
	categoryId: string,
	list: TransactionList
): Promise<void> {
	try {
		let count = 0;
		const undoings: Undoing[] = [];
		for (const some of inParts(ids)) {
			const { changed, undo } = await api().transactions.setCategories.mutate({ ids: some, categoryId });
			count += changed;
			undoings.unshift(undo);
		}
		list.change(isOneOf(ids), chosen(categoryId));
		toasts.show(changed(count), { tone: 'good', undo: () => putBack(undoings, list) });
	} catch (error) {
		tell(error);
	}
}
