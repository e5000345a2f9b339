import { afterEach, expect, test, vi } from 'vitest';
import {
	TransactionList,
	type Transaction,
	type TransactionPage
} from '../../../src/routes/(app)/transactions/transaction-list.svelte.ts';

const rows = (from: number, to: number): Transaction[] =>
	Array.from({ length: to - from }, (_, at) => ({ id: String(from + at) }) as Transaction);
const page = (from: number, to: number, nextCursor: string | null): TransactionPage => ({
	...{ items: rows(from, to), nextCursor }
});

afterEach(() => vi.unstubAllGlobals());

/** A server with three pages of a hundred, which does something before it answers for the first time. */
function serve(meanwhile: () => void): void {
	let first = true;
	vi.stubGlobal('fetch', async (url: string) => {
		if (first) meanwhile();
		first = false;
		const { cursor } = (
			JSON.parse(new URLSearchParams(url.split('?')[1]).get('input')!) as [{ cursor: string }]
		)[0];
		const from = Number(cursor);
		const data = page(from, from + 100, from === 200 ? null : String(from + 100));
		return new Response(JSON.stringify([{ result: { data } }]));
	});
}

test('the next page comes although the list is loaded again while it is on its way', async () => {
	const list = new TransactionList({}, page(0, 100, '100'));
	serve(() => list.load({}, page(0, 100, '100')));
	await list.more();
	expect(list.items.map(({ id }) => id)).toEqual(rows(0, 200).map(({ id }) => id));
	await list.more();
	expect(list.complete).toBe(true);
});

test('what comes for a list that is another one by now is not in it', async () => {
	const list = new TransactionList({}, page(0, 100, '100'));
	serve(() => list.load({ q: 'tea' }, page(1000, 1010, null)));
	await list.more();
	expect(list.items.map(({ id }) => id)).toEqual(rows(1000, 1010).map(({ id }) => id));
});
