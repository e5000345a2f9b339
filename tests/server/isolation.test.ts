/** Ben tries every procedure with Ana's ids in every place: he learns nothing, and nothing of hers changes. */
import { beforeAll, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { apiOf, refusal, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, transactionsOf, type Person } from '../support/person.ts';
import { bookings, monthly, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { db } = quits.app;

type Ids = {
	account: string;
	done: string;
	waiting: string;
	transaction: string;
	recurring: string;
	notification: string;
};

let ana: Person;
let ben: Person;
let hers: Ids;
let categoryId: string;
let mapping: NonNullable<Awaited<ReturnType<Api['uploads']['detection']['query']>>['detection']>['mapping'];

async function household(person: Person): Promise<Ids> {
	const rent = monthly('Landlord Miller rent', -85_000, { from: '2025-01-01', months: 12 });
	const file = statement([...rent, ...bookings(20)]);
	const done = await importStatement(person, file);
	await importStatement(person, file); // with duplicates
	const waiting = await importStatement(person, file, { preview: true });
	const [row] = await transactionsOf(person);
	return {
		account: done.accountId!,
		done: done.id,
		waiting: waiting.id,
		transaction: row!.id,
		recurring: (await person.api.recurring.list.query())[0]!.id,
		notification: (await person.api.notifications.list.query()).items[0]!.id
	};
}

beforeAll(async () => {
	ana = await quits.meet('Ana');
	ben = await quits.meet('Ben');
	hers = await household(ana);
	await household(ben);
	categoryId = (await ana.api.categories.list.query())[0]!.id;
	mapping = (await ana.api.uploads.detection.query({ id: hers.waiting })).detection!.mapping;
});

/** All that is Ana's. */
async function allOfAnas(): Promise<unknown> {
	const where = { where: { userId: ana.id }, orderBy: { id: 'asc' } } as const;
	const uploads = await db.upload.findMany(where);
	return [
		await db.user.findUnique({ where: { id: ana.id } }),
		await db.account.findMany(where),
		uploads,
		await db.uploadRow.findMany({ where: { uploadId: { in: uploads.map(({ id }) => id) } } }),
		await db.transaction.findMany(where),
		await db.recurring.findMany(where),
		await db.notification.findMany(where)
	].map((rows) =>
		JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
	);
}

/** What a call with somebody else's id may do: be refused as if there were no such thing, or act as if the id were not there. */
type Attempt = {
	call: (api: Api, ids: Ids) => Promise<unknown>;
	expected: 'not found' | 'nothing' | 'taken';
};

const notFound = (call: Attempt['call']): Attempt => ({ call, expected: 'not found' });
const nothing = (call: Attempt['call']): Attempt => ({ call, expected: 'nothing' });

const attempts: Record<string, Attempt[]> = {
	'accounts.create': [
		{
			call: (api, { account: id }) => api.accounts.create.mutate({ id, name: 'Mine', currency: 'EUR' }),
			expected: 'taken'
		}
	],
	'accounts.update': [
		notFound((api, { account: id }) => api.accounts.update.mutate({ id, name: 'Mine now' }))
	],
	'accounts.remove': [notFound((api, { account: id }) => api.accounts.remove.mutate({ id }))],
	'uploads.list': [
		nothing(async (api, { done }) =>
			(await api.uploads.list.query({ cursor: done })).items.filter((u) => u.id === done)
		)
	],
	'uploads.get': [notFound((api, { done: id }) => api.uploads.get.query({ id }))],
	'uploads.detection': [notFound((api, { waiting: id }) => api.uploads.detection.query({ id }))],
	'uploads.preview': [notFound((api, { waiting: id }) => api.uploads.preview.query({ id, mapping }))],
	'uploads.rows': [notFound((api, { done: id }) => api.uploads.rows.query({ id }))],
	'uploads.commit': [
		notFound((api, { waiting: id }) => api.uploads.commit.mutate({ id, mapping })),
		notFound(async (api, { account: accountId }) => {
			const own = (await api.uploads.list.query()).items.find(({ status }) => status === 'preview')!;
			return api.uploads.commit.mutate({ id: own.id, accountId });
		})
	],
	'uploads.cancel': [notFound((api, { waiting: id }) => api.uploads.cancel.mutate({ id }))],
	'uploads.undo': [notFound((api, { done: id }) => api.uploads.undo.mutate({ id }))],
	'uploads.importAnyway': [
		notFound((api, { done: id }) => api.uploads.importAnyway.mutate({ id, lines: [2] }))
	],
	'transactions.list': [
		nothing(async (api, { account: accountId }) => (await api.transactions.list.query({ accountId })).items),
		nothing(async (api, { done: uploadId }) => (await api.transactions.list.query({ uploadId })).items),
		nothing(
			async (api, { recurring: recurringId }) => (await api.transactions.list.query({ recurringId })).items
		)
	],
	'transactions.get': [notFound((api, { transaction: id }) => api.transactions.get.query({ id }))],
	'transactions.why': [notFound((api, { transaction: id }) => api.transactions.why.query({ id }))],
	'transactions.update': [
		notFound((api, { transaction: id }) => api.transactions.update.mutate({ id, note: 'hello' }))
	],
	'transactions.setCategory': [
		notFound((api, { transaction: id }) =>
			api.transactions.setCategory.mutate({ id, categoryId, applyToSimilar: true })
		)
	],
	'transactions.setCategories': [
		nothing(async (api, { transaction }) => {
			const { changed } = await api.transactions.setCategories.mutate({ ids: [transaction], categoryId });
			return Array<string>(changed);
		})
	],
	'recurring.confirm': [notFound((api, { recurring: id }) => api.recurring.confirm.mutate({ id }))],
	'recurring.dismiss': [notFound((api, { recurring: id }) => api.recurring.dismiss.mutate({ id }))],
	'recurring.reconsider': [notFound((api, { recurring: id }) => api.recurring.reconsider.mutate({ id }))],
	'notifications.markRead': [
		nothing(async (api, { notification }) => {
			const before = (await api.notifications.list.query()).unread;
			const { unread } = await api.notifications.markRead.mutate({ ids: [notification] });
			return Array<string>(before - unread);
		})
	],
	'notifications.list': [
		nothing(async (api, { notification: cursor }) =>
			(await api.notifications.list.query({ cursor })).items.filter(({ id }) => id === cursor)
		)
	]
};

// These take no id of anything; whose data they answer with is tested below, or where they are.
const withoutIds = new Set([
	...['auth.entry', 'auth.register', 'auth.login', 'auth.logout', 'auth.me', 'auth.updateProfile'],
	...['accounts.list', 'categories.list', 'recurring.list', 'recurring.due', 'transactions.summary']
]);
// Anybody may call these.
const open = new Set(['auth.entry', 'auth.register', 'auth.login', 'categories.list']);

// By dotted name, whatever their type says.
const flat = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
const procedures = Object.keys(flat);

test('every procedure there is has its place here', () => {
	expect([...Object.keys(attempts), ...withoutIds].sort()).toEqual([...procedures].sort());
});

test.each(
	Object.entries(attempts).flatMap(([name, list]) => list.map((attempt, n) => ({ name, n, ...attempt })))
)('$name ($n) with ids of somebody else: $expected', async ({ call, expected }) => {
	const before = await allOfAnas();
	if (expected === 'nothing') expect(await call(ben.api, hers)).toEqual([]);
	else {
		expect(await refusal(call(ben.api, hers))).toMatchObject(
			expected === 'taken'
				? { code: 'CONFLICT', reason: 'id_taken' }
				: { code: 'NOT_FOUND', reason: 'not_found', httpStatus: 404 }
		);
	}
	expect(await allOfAnas()).toEqual(before);
});

test('a statement sent for the account of somebody else is refused', async () => {
	await expect(ben.send(statement(bookings(3)), { accountId: hers.account })).rejects.toMatchObject({
		code: 'NOT_FOUND'
	});
});

test('lists hold what is one’s own, and all of it', async () => {
	for (const person of [ana, ben]) {
		const theirs = new Set((await db.account.findMany({ where: { userId: person.id } })).map(({ id }) => id));
		expect((await person.api.accounts.list.query()).map(({ id }) => id)).toEqual([...theirs]);
		const rows = await transactionsOf(person);
		expect(rows).toHaveLength(32);
		expect(rows.every(({ accountId }) => theirs.has(accountId))).toBe(true);
		expect((await person.api.recurring.list.query()).every(({ accountId }) => theirs.has(accountId))).toBe(
			true
		);
		expect(await person.api.recurring.due.query({ from: '2026-01-01', to: '2026-01-31' })).toHaveLength(1);
		expect((await person.api.transactions.summary.query({}))?.transactions).toBe(32);
		expect((await person.api.uploads.list.query()).items).toHaveLength(3);
	}
});

test('without signing in, only what is meant for visitors answers', async () => {
	const visitor = apiOf(quits.app) as unknown as Record<
		string,
		Record<string, { query?: unknown; mutate?: unknown }>
	>;
	for (const name of procedures.filter((procedure) => !open.has(procedure))) {
		const [noun = '', verb = ''] = name.split('.');
		const { _def: about } = flat[name]!;
		const call = visitor[noun]![verb]![about.type === 'query' ? 'query' : 'mutate'] as () => Promise<unknown>;
		expect(await refusal(call())).toMatchObject({ code: 'FORBIDDEN', reason: 'signed_out', httpStatus: 401 });
	}
});
