/** Somebody who uses Quits, and what they do with it, in words that read the same for a server here or in another process. */
import { isEnded, isWaiting } from '#lib/uploads.ts';
import type { Mapping } from '#lib/statement/types.ts';
import type { Api } from './api.ts';
import type { Live } from './live.ts';
import type { File } from './statement.ts';

export type SendOptions = { accountId?: string; mapping?: Mapping; preview?: boolean };

export type Person = {
	id: string;
	name: string;
	token: string;
	api: Api;
	live: Live;
	/** Hands a statement in and returns the upload's id, long before it is read. */
	send: (file: File, options?: SendOptions) => Promise<string>;
};

type Upload = Awaited<ReturnType<Api['uploads']['get']['query']>>;
type Transaction = Awaited<ReturnType<Api['transactions']['list']['query']>>['items'][number];
type Row = Awaited<ReturnType<Api['uploads']['rows']['query']>>['items'][number];

/** Waits until an upload needs nothing more of the server (it has ended, or waits for its person), and says how it is. */
export async function settled({ live, api }: Person, uploadId: string): Promise<Upload> {
	await Promise.race([
		live.until('upload:done', (event) => event.uploadId === uploadId),
		live.until('upload:progress', (event) => event.uploadId === uploadId && isWaiting(event.status))
	]);
	return api.uploads.get.query({ id: uploadId });
}

/** Waits until an upload has ended, although it stopped for its person before. */
export async function ended({ live, api }: Person, uploadId: string): Promise<Upload> {
	await live.until('upload:done', (event) => event.uploadId === uploadId && isEnded(event.status));
	return api.uploads.get.query({ id: uploadId });
}

/** Hands a statement in and waits for what comes of it. */
export const importStatement = async (person: Person, file: File, options?: SendOptions): Promise<Upload> =>
	settled(person, await person.send(file, options));

/** All pages of a list. */
async function allPages<Item, Cursor>(
	page: (cursor: Cursor | undefined) => Promise<{ items: Item[]; nextCursor: Cursor | null }>
): Promise<Item[]> {
	const items: Item[] = [];
	let cursor: Cursor | undefined;
	do {
		const { items: some, nextCursor } = await page(cursor);
		items.push(...some);
		cursor = nextCursor ?? undefined;
	} while (cursor !== undefined);
	return items;
}

type Filter = Omit<NonNullable<Parameters<Api['transactions']['list']['query']>[0]>, 'cursor'>;

/** Every transaction of a person, newest first. */
export const transactionsOf = ({ api }: Person, filter: Filter = {}): Promise<Transaction[]> =>
	allPages<Transaction, string>((cursor) => api.transactions.list.query({ limit: 200, ...filter, cursor }));

/** What became of every row of a file. */
export const rowsOf = ({ api }: Person, id: string, outcome?: Row['outcome']): Promise<Row[]> =>
	allPages<Row, number>((cursor) => api.uploads.rows.query({ id, outcome, limit: 200, cursor }));

/** A new account. */
export const openAccount = ({ api }: Person, name: string): Promise<{ id: string }> =>
	api.accounts.create.mutate({ name, currency: 'EUR' });

/** What a person has been told. */
export const notificationsOf = async ({ api }: Person) => (await api.notifications.list.query()).items;

/** Counts of an upload in one line, for comparing. */
export const outcome = ({ status, imported, duplicates, rejected }: Upload) => ({
	status,
	imported,
	duplicates,
	rejected
});
