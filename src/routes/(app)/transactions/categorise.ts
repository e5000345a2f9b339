/** Putting transactions into a category: at the server, in the list, and in the words that follow. */
import { categoryName, formatNumber, groupName } from '#lib/i18n.ts';
import { groupOf } from '#lib/categories.ts';
import { m } from '#lib/paraglide/messages.js';
import { problemOf } from '#lib/problem.ts';
import { toasts } from '#lib/toast.svelte.ts';
import { api } from '#lib/trpc.ts';
import type { Transaction, TransactionList } from './transaction-list.svelte.ts';

const chosen = (categoryId: string): Partial<Transaction> => {
	const group = groupOf(categoryId);
	return {
		categoryId,
		category: group ? { name: categoryName(categoryId), parent: groupName(group) } : null,
		source: 'user',
		confidence: 1,
		review: false
	};
};

/** In the review queue what is settled leaves the list; elsewhere it changes in place. */
function settle(
	list: TransactionList,
	reviewing: boolean,
	concerns: (t: Transaction) => boolean,
	categoryId: string
) {
	if (reviewing) list.remove(concerns);
	else list.change(concerns, chosen(categoryId));
}

type Options = { list: TransactionList; reviewing: boolean };

/** One transaction; offers to do the same for others of its merchant. */
export async function categorise(
	transaction: Transaction,
	categoryId: string,
	options: Options
): Promise<void> {
	const { list, reviewing } = options;
	const { id, merchant, categoryId: before } = transaction;
	try {
		const { similar } = await api().transactions.setCategory.mutate({ id, categoryId });
		settle(list, reviewing, (other) => other.id === id, categoryId);
		toasts.show(m.transactions_now({ merchant, category: categoryName(categoryId) }), {
			...(similar > 0 && {
				action: {
					label: m.transactions_also({ count: similar, number: formatNumber(similar) }),
					run: () => categoriseSimilar(transaction, categoryId, options)
				}
			}),
			...(before && before !== categoryId && { undo: () => takeBack(transaction, before, options) })
		});
	} catch (error) {
		toasts.show(problemOf(error).message, { tone: 'bad' });
	}
}

async function takeBack({ id }: Transaction, categoryId: string, { list }: Options) {
	await api().transactions.setCategory.mutate({ id, categoryId });
	list.change((other) => other.id === id, chosen(categoryId));
}

async function categoriseSimilar(
	{ id, merchant }: Transaction,
	categoryId: string,
	{ list, reviewing }: Options
) {
	const { changed } = await api().transactions.setCategory.mutate({ id, categoryId, applyToSimilar: true });
	const isLike = (other: Transaction) => other.merchant === merchant && other.source !== 'user';
	settle(list, reviewing, isLike, categoryId);
	toasts.show(m.transactions_changed({ count: changed, number: formatNumber(changed) }), { tone: 'good' });
}

/** Many at once. */
export async function categoriseAll(
	ids: readonly string[],
	categoryId: string,
	{ list, reviewing }: Options
) {
	const atOnce = 1000;
	try {
		let changed = 0;
		for (let at = 0; at < ids.length; at += atOnce) {
			const some = ids.slice(at, at + atOnce);
			changed += (await api().transactions.setCategories.mutate({ ids: some, categoryId })).changed;
		}
		const known = new Set(ids);
		settle(list, reviewing, ({ id }) => known.has(id), categoryId);
		toasts.show(m.transactions_changed({ count: changed, number: formatNumber(changed) }), { tone: 'good' });
	} catch (error) {
		toasts.show(problemOf(error).message, { tone: 'bad' });
	}
}

/** Says that a guess is right. */
export async function accept({ id }: Transaction, list: TransactionList): Promise<void> {
	try {
		await api().transactions.update.mutate({ id, reviewed: true });
		list.remove((other) => other.id === id);
	} catch (error) {
		toasts.show(problemOf(error).message, { tone: 'bad' });
	}
}
