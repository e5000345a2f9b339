/** Rules at import and on what is there: which transactions they change, in which order, once. */
import { expect, test } from 'vitest';
import type { Actions, Condition } from '#lib/rules/rule.ts';
import { refusal, type Api } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup } from '../support/group.ts';
import { importStatement, openAccount, transactionsOf, type Person } from '../support/person.ts';
import { statement, type Booking } from '../support/statement.ts';

const quits = await startTestApp();
const { db } = quits.app;

type Draft = Parameters<Api['rules']['create']['mutate']>[0];

const contains = (value: string): Condition => ({ kind: 'text', test: 'contains', value });
const rule = (value: string, actions: Actions, more: Partial<Draft> = {}): Draft => ({
	conditions: { kind: 'all', of: [contains(value)] },
	actions,
	...more
});
const visits = (text: string, count: number, amount = -1000): Booking[] =>
	Array.from({ length: count }, (_, n) => ({
		date: `2026-02-${String(n + 1).padStart(2, '0')}`,
		text,
		amount: amount - n
	}));
const some = statement([...visits('Zebra Lounge', 3), ...visits('Quokka Store', 2, -5000)]);

const shown = async (person: Person, q: string) =>
	(await transactionsOf(person, { q })).map(({ categoryId, source, merchant, note }) =>
		[categoryId, source, merchant, note].join(' · ')
	);

test('an import asks the rules before the model; the first that fits decides, for each kind of action', async () => {
	const ana = await quits.meet('Ana');
	const { rules } = ana.api;
	const first = await rules.create.mutate(
		rule('zebra', { categoryId: 'coffee', note: 'Tea' }, { name: 'Tea' })
	);
	await rules.create.mutate(rule('zebra', { categoryId: 'gym', merchant: 'The Zebra' }));
	await rules.create.mutate(rule('quokka', { categoryId: 'gym' }, { enabled: false }));
	await importStatement(ana, some);
	expect(await shown(ana, 'zebra')).toEqual(Array(3).fill('coffee · rule · The Zebra · Tea'));
	expect((await shown(ana, 'quokka')).every((text) => text.includes('· model ·'))).toBe(true);
	const [row] = await transactionsOf(ana, { q: 'zebra' });
	expect(row).toMatchObject({ confidence: 1, review: false });
	expect((await transactionsOf(ana, { q: 'the zebra' })).length).toBe(3);
	expect(await ana.api.transactions.why.query({ id: row!.id })).toMatchObject({
		...{ category: 'coffee', source: 'rule', rule: { id: first.id, name: 'Tea' } }
	});
	await rules.remove.mutate({ id: first.id });
	expect((await ana.api.transactions.why.query({ id: row!.id })).rule).toBeNull();
});

test('another order is another outcome; orders that forget a rule are refused', async () => {
	const ana = await quits.meet('Ana');
	const { rules } = ana.api;
	const coffee = await rules.create.mutate(rule('zebra', { categoryId: 'coffee' }));
	const gym = await rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	await rules.reorder.mutate({ ids: [gym.id, coffee.id] });
	expect((await rules.list.query()).map(({ id }) => id)).toEqual([gym.id, coffee.id]);
	expect(await refusal(rules.reorder.mutate({ ids: [gym.id] }))).toMatchObject({
		...{ code: 'CONFLICT', reason: 'rules_changed', current: [{ id: gym.id }, { id: coffee.id }] }
	});
	await importStatement(ana, some);
	expect(await shown(ana, 'zebra')).toEqual(Array(3).fill('gym · rule · Zebra Lounge · '));
	await ana.live.until('rules:changed');
});

test('a rule is previewed, applied to what is there, and taken back', async () => {
	const ana = await quits.meet('Ana');
	const { rules, transactions } = ana.api;
	await importStatement(ana, some);
	const before = await transactionsOf(ana);
	const [own, ...others] = before.filter(({ description }) => description.includes('Zebra'));
	await transactions.setCategory.mutate({ id: own!.id, categoryId: 'hobbies' });
	const draft = rule('zebra', { categoryId: 'gym', merchant: 'The Zebra', note: 'Hop' });
	const preview = await rules.preview.query({ draft });
	expect(preview).toMatchObject({ count: 3, splits: 0, nextCursor: null });
	expect(preview.items.find(({ id }) => id === own!.id)?.changes).toEqual({
		merchant: { from: 'Zebra Lounge', to: 'The Zebra' },
		note: { from: '', to: 'Hop' }
	});
	expect(preview.items.find(({ id }) => id === others[0]!.id)?.changes).toMatchObject({
		categoryId: { from: others[0]!.categoryId, to: 'gym' }
	});
	expect(await transactionsOf(ana, { q: 'zebra' })).toHaveLength(3); // nothing has changed yet
	expect(await shown(ana, 'the zebra')).toEqual([]);

	const { id } = await rules.create.mutate(draft);
	const applied = await rules.run.mutate({ id });
	expect(applied).toMatchObject({ changed: 3, split: 0, nextCursor: null });
	await ana.live.until('transactions:changed');
	expect((await shown(ana, 'the zebra')).sort()).toEqual([
		...['gym · rule · The Zebra · Hop', 'gym · rule · The Zebra · Hop'],
		'hobbies · user · The Zebra · Hop'
	]);
	expect(await rules.run.mutate({ id })).toEqual({ runId: null, changed: 0, split: 0, nextCursor: null });
	expect((await rules.preview.query({ id })).count).toBe(0);
	expect((await rules.preview.query({ id, overOwn: true })).count).toBe(1);
	await rules.run.mutate({ id, overOwn: true });
	expect(await shown(ana, 'the zebra')).toEqual(Array(3).fill('gym · rule · The Zebra · Hop'));

	// What a person changes after it stays when it is taken back.
	await transactions.setCategory.mutate({ id: others[0]!.id, categoryId: 'books' });
	expect(await rules.undo.mutate({ runId: applied.runId! })).toEqual({ changed: 1, split: 0, left: 2 });
	const after = new Map((await transactionsOf(ana)).map((row) => [row.id, row]));
	expect(after.get(others[1]!.id)).toEqual(before.find((row) => row.id === others[1]!.id));
	expect(after.get(others[0]!.id)).toMatchObject({ categoryId: 'books', source: 'user' });
	expect((await refusal(rules.undo.mutate({ runId: applied.runId! })))?.code).toBe('NOT_FOUND');
});

test('a rule in the middle changes only what no earlier one decides', async () => {
	const ana = await quits.meet('Ana');
	const { rules } = ana.api;
	await importStatement(ana, some);
	await rules.create.mutate({
		conditions: { kind: 'all', of: [contains('zebra'), { kind: 'day', from: 1, to: 1 }] },
		actions: { categoryId: 'books' }
	});
	const wide = await rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	expect((await rules.preview.query({ id: wide.id })).count).toBe(2);
	expect((await rules.preview.query()).count).toBe(3);
	expect((await rules.run.mutate()).changed).toBe(3);
	expect((await shown(ana, 'zebra')).map((text) => text.split(' ')[0]).sort()).toEqual([
		'books',
		'gym',
		'gym'
	]);
});

test('a budget is told when rules move spending into it', async () => {
	const ana = await quits.meet('Ana');
	const now = new Date().toISOString().slice(0, 10);
	await importStatement(ana, statement([{ date: now, text: 'Zebra Lounge', amount: -9000 }]));
	await ana.api.budgets.create.mutate({
		...{
			name: 'Gym',
			categoryIds: ['gym'],
			currency: 'EUR',
			amount: 10_000,
			period: 'monthly',
			thresholds: [80]
		}
	});
	await ana.api.rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	await ana.api.rules.run.mutate();
	expect(await ana.live.until('alert:raised')).toMatchObject({ threshold: 80, percent: 90 });
});

test('pages of a preview name each transaction once, and count them all on each', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement(visits('Zebra Lounge', 25)));
	const draft = rule('zebra', { note: 'Hop' });
	const seen: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await ana.api.rules.preview.query({ draft, limit: 10, cursor });
		expect(page.count).toBe(25);
		seen.push(...page.items.map(({ id }) => id));
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	expect(new Set(seen).size).toBe(25);
	expect(seen).toHaveLength(25);
});

/** Somebody with two payments between their own accounts that they call a transfer, one half of which they had spoken of. */
async function withTransfer() {
	const ana = await quits.meet('Ana');
	const savings = await openAccount(ana, 'Rainy day');
	const fee = { date: '2026-02-01', text: 'Account fee', amount: -150 };
	await importStatement(ana, statement([fee, { date: '2026-02-03', text: 'Zebra Lounge', amount: -5000 }]));
	await importStatement(ana, statement([fee, { date: '2026-02-09', text: 'Zebra refund', amount: 5000 }]), {
		accountId: savings.id
	});
	const ids = (await transactionsOf(ana, { q: 'zebra' })).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	return { ana, ids: ids as [string, string] };
}

test('halves of a transfer stay what they are, whatever rules say and however they are run', async () => {
	const { ana, ids } = await withTransfer();
	await ana.api.transfers.mark.mutate({ id: ids[0], otherId: ids[1] });
	const before = await transactionsOf(ana, { q: 'zebra' });
	expect(before.map(({ source }) => source)).toEqual(['transfer', 'transfer']);
	const draft = rule('zebra', { categoryId: 'gym', merchant: 'The Zebra', note: 'Hop' });
	for (const overOwn of [false, true]) {
		expect((await ana.api.rules.preview.query({ draft, overOwn })).count).toBe(0);
	}
	const { id } = await ana.api.rules.create.mutate(draft);
	for (const overOwn of [false, true]) {
		expect(await ana.api.rules.run.mutate({ id, overOwn })).toMatchObject({ runId: null, changed: 0 });
	}
	expect(await transactionsOf(ana, { q: 'zebra' })).toEqual(before);
});

test('what a person has said counts as long as it stands, also when rules overrule it and that is taken back', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, some);
	const [one, two] = await transactionsOf(ana, { q: 'zebra' });
	await ana.api.transactions.setCategory.mutate({ id: one!.id, categoryId: 'hobbies' });
	await ana.api.transactions.setCategory.mutate({ id: two!.id, categoryId: 'gym' });
	const learned = async () =>
		(await db.learnedCount.findMany({ where: { userId: ana.id }, orderBy: { categoryId: 'asc' } })).map(
			({ categoryId, count }) => `${categoryId} ${count}`
		);
	expect(await learned()).toEqual(['gym 1', 'hobbies 1']);
	const { id } = await ana.api.rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	const { runId } = await ana.api.rules.run.mutate({ id, overOwn: true });
	expect(await learned()).toEqual(['gym 1']); // of the other one a rule says what its person says too
	await ana.api.rules.undo.mutate({ runId: runId! });
	expect(await learned()).toEqual(['gym 1', 'hobbies 1']);
});

test('taken back, what was half of a transfer that is no more is a guess', async () => {
	const { ana, ids } = await withTransfer();
	const { source: _, ...guess } = await ana.api.transactions.get.query({ id: ids[0] });
	// As it is for a moment when the other half is gone.
	await db.transaction.update({
		where: { id: ids[0] },
		data: { source: 'transfer', categoryId: 'savings_transfer', confidence: 1, review: false }
	});
	const { id } = await ana.api.rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	const { runId } = await ana.api.rules.run.mutate({ id });
	expect((await ana.api.transactions.get.query({ id: ids[0] })).source).toBe('rule');
	await ana.api.rules.undo.mutate({ runId: runId! });
	expect(await ana.api.transactions.get.query({ id: ids[0] })).toEqual({ ...guess, source: 'model' });
});

/** Ana's flat with Ben, and a rule that splits what she pays at the Zebra there. */
async function splitting() {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const flat = await makeGroup(quits.app, [ana, ben]);
	const split = { groupId: flat.id, split: { mode: 'equal' as const } };
	const { id } = await ana.api.rules.create.mutate(rule('zebra', { split }));
	const expenses = () => db.expense.findMany({ where: { groupId: flat.id, deletedAt: null } });
	return { ana, ben, flat, id, expenses };
}

test('payments are split with a group as they are imported, each once', async () => {
	const { ana, ben, flat, expenses, id } = await splitting();
	const upload = await importStatement(ana, some);
	await importStatement(ana, some);
	expect(await expenses()).toHaveLength(3);
	expect(await flat.balances()).toEqual(
		expect.arrayContaining([expect.objectContaining({ memberId: flat.member('Ben') })])
	);
	expect((await transactionsOf(ana, { q: 'zebra' })).map(({ split }) => split?.groupId)).toEqual(
		Array(3).fill(flat.id)
	);
	expect((await ana.api.rules.preview.query({ id })).splits).toBe(0);
	expect((await ana.api.rules.run.mutate({ id })).split).toBe(0);
	await ben.live.until('group:changed', ({ kind }) => kind === 'expense_added');

	// An import that is undone and done again finds its expenses.
	await ana.api.uploads.undo.mutate({ id: upload.id });
	await importStatement(ana, some);
	expect(await expenses()).toHaveLength(3);
	expect((await transactionsOf(ana, { q: 'zebra' })).every(({ split }) => split?.groupId === flat.id)).toBe(
		true
	);
});

test('an expense that somebody removed is not made again; money that came in is not split', async () => {
	const { ana, ben, expenses, id } = await splitting();
	await importStatement(ana, statement([...visits('Zebra Lounge', 3), ...visits('Zebra refund', 2, 700)]));
	const [first] = await expenses();
	await ben.api.expenses.remove.mutate({ id: first!.id });
	expect(await ana.api.rules.run.mutate({ id })).toMatchObject({ split: 0, runId: null });
	expect(await expenses()).toHaveLength(2);
});

test('applied to what is there, a split can be taken back', async () => {
	const { ana, ben, flat, expenses, id } = await splitting();
	await ana.api.rules.update.mutate({ id, enabled: false });
	await importStatement(ana, some);
	expect(await expenses()).toHaveLength(0);
	const shares = [
		{ memberId: flat.member('Ana'), shares: 3 },
		{ memberId: flat.member('Ben'), shares: 1 }
	];
	const split = { groupId: flat.id, split: { mode: 'shares' as const, members: shares } };
	await ana.api.rules.update.mutate({ id, actions: { split } });
	const preview = await ana.api.rules.preview.query({ id });
	expect(preview).toMatchObject({ count: 3, splits: 3 });
	expect(preview.items[0]!.changes).toEqual({ split: { groupId: flat.id } });
	const applied = await ana.api.rules.run.mutate({ id });
	expect(applied).toMatchObject({ changed: 0, split: 3 });
	const parts = await db.expensePart.findMany({ where: { memberId: flat.member('Ben') } });
	// A quarter of each, and the unit that would not divide is somebody's.
	expect(parts.every(({ share }) => share === 250n || share === 251n)).toBe(true);
	expect(parts).toHaveLength(3);
	// One that somebody else has removed is gone too.
	await ben.api.expenses.remove.mutate({ id: (await expenses())[0]!.id });
	const undone = await ana.api.rules.undo.mutate({ runId: applied.runId! });
	expect(undone).toEqual({ changed: 0, split: 3, left: 0 });
	expect(await expenses()).toHaveLength(0);
});

test('a group that is archived, or has been left, is passed over, and the import goes on', async () => {
	const { ana, ben, flat, expenses } = await splitting();
	const theirs = await splitting();
	const split = { groupId: theirs.flat.id, split: { mode: 'equal' as const } };
	await theirs.ben.api.rules.create.mutate(rule('quokka', { split, categoryId: 'gym' }));
	await theirs.ben.api.members.leave.mutate({ groupId: theirs.flat.id });
	expect((await importStatement(theirs.ben, some)).status).toBe('done');
	expect((await shown(theirs.ben, 'quokka'))[0]).toContain('gym · rule');
	expect(await theirs.expenses()).toHaveLength(0);
	await ana.api.groups.archive.mutate({ groupId: flat.id, archived: true });
	expect((await importStatement(ana, some)).status).toBe('done');
	expect(await expenses()).toHaveLength(0);
	expect(ben.live.all('group:changed').filter(({ kind }) => kind === 'expense_added')).toEqual([]);
});

test('rules of one person never touch what another imports', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	await ana.api.rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	await importStatement(ben, some);
	expect((await shown(ben, 'zebra')).every((text) => text.includes('· model ·'))).toBe(true);
	expect((await ana.api.rules.preview.query()).count).toBe(0);
	expect(await ben.api.rules.list.query()).toEqual([]);
});

test('what a rule names must be there: its category, its members; and a second call makes no second rule', async () => {
	const { ana, flat } = await splitting();
	const unknown = rule('zebra', { categoryId: 'no_such' });
	expect(await refusal(ana.api.rules.create.mutate(unknown))).toMatchObject({ reason: 'unknown_category' });
	const members = [{ memberId: '0195d7a0-0000-7000-8000-000000000001' }];
	const split = { groupId: flat.id, split: { mode: 'equal' as const, members } };
	expect(await refusal(ana.api.rules.create.mutate(rule('zebra', { split })))).toMatchObject({
		reason: 'unknown_member'
	});
	const id = '0195d7a0-0000-7000-8000-0000000000aa';
	const made = await ana.api.rules.create.mutate(rule('once', { note: 'x' }, { id }));
	expect(await ana.api.rules.create.mutate(rule('once', { note: 'x' }, { id }))).toEqual(made);
	expect((await ana.api.rules.list.query()).filter((one) => one.id === id)).toHaveLength(1);
});

test('there are only so many rules', async () => {
	const ana = await quits.meet('Ana');
	const { conditions, actions } = rule('zebra', { note: 'x' });
	await db.rule.createMany({
		data: Array.from({ length: 200 }, (_, position) => ({
			...{ id: crypto.randomUUID(), userId: ana.id, position, conditions, actions }
		}))
	});
	expect(await refusal(ana.api.rules.create.mutate(rule('one more', { note: 'x' })))).toMatchObject({
		...{ code: 'CONFLICT', reason: 'too_many_rules', params: { most: 200 } }
	});
});

test('each category says what it holds: transactions, rules, and what moved in a month', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	await ana.api.rules.create.mutate(rule('zebra', { categoryId: 'gym' }));
	await importStatement(
		ana,
		statement([...visits('Zebra Lounge', 3), { ...visits('Zebra', 1)[0]!, date: '2026-01-31' }])
	);
	const usage = await ana.api.categories.usage.query({ month: '2026-02' });
	expect(usage.find(({ id }) => id === 'gym')).toEqual({
		...{ id: 'gym', count: 4, rules: 1, month: [{ currency: 'EUR', amount: -3003 }] }
	});
	const theirs = await ben.api.categories.usage.query({ month: '2026-02' });
	expect(theirs.every(({ count, rules, month }) => count + rules + month.length === 0)).toBe(true);
	expect(theirs.map(({ id }) => id)).toEqual((await ben.api.categories.list.query()).map(({ id }) => id));
});
