import { expect, test } from 'vitest';
import { detectRecurring } from '#server/recurring/detect.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { importStatement, notificationsOf, transactionsOf, type Person } from '../support/person.ts';
import { bookings, dayAfter, monthly, statement } from '../support/statement.ts';

const quits = await startTestApp();
const { app } = quits;

const rent = (from: string, months: number, amount = -85_000) =>
	monthly('Landlord Miller rent', amount, { from, months });
const gym = (from: string, months: number) => monthly('Iron Gym membership', -2990, { from, months });
const weekly = (from: string, weeks: number) =>
	Array.from({ length: weeks }, (_, n) => ({
		date: dayAfter(from, n * 7),
		text: 'Veg Box delivery',
		amount: -2150
	}));

const listOf = ({ api }: Person) => api.recurring.list.query();

test('an import finds what comes back, when it is next due, and which payments show it', async () => {
	const ana = await quits.meet('Ana');
	const upload = await importStatement(
		ana,
		statement([
			...rent('2025-09-01', 12),
			...weekly('2026-03-02', 23),
			...bookings(30, { from: '2026-01-01' })
		])
	);
	expect(upload).toMatchObject({ status: 'done', recurring: 2 });
	const [first, second, ...others] = (await listOf(ana)).sort((a, b) => a.amount - b.amount);
	expect(others).toEqual([]);
	expect(first).toMatchObject({
		cadence: 'monthly',
		amount: -85_000,
		currency: 'EUR',
		count: 12,
		status: 'suggested'
	});
	expect(first).toMatchObject({ firstDate: '2025-09-01', lastDate: '2026-08-01', nextDate: '2026-09-01' });
	expect(second).toMatchObject({
		cadence: 'weekly',
		amount: -2150,
		count: 23,
		lastDate: '2026-08-03',
		nextDate: '2026-08-10'
	});
	const evidence = await transactionsOf(ana, { recurringId: first!.id });
	expect(evidence.map(({ date }) => date).reverse()).toEqual(rent('2025-09-01', 12).map(({ date }) => date));
});

test('more of the same series renews it, and never makes a second one', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement(rent('2025-09-01', 6)));
	const [before] = await listOf(ana);
	for (const part of [rent('2026-03-01', 3), rent('2025-09-01', 9), rent('2025-01-01', 8)]) {
		await importStatement(ana, statement(part));
	}
	const after = await listOf(ana);
	expect(after).toHaveLength(1);
	expect(after[0]).toMatchObject({
		id: before!.id,
		count: 17,
		firstDate: '2025-01-01',
		lastDate: '2026-05-01'
	});
});

test('several imports at once find each series once', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement(bookings(2)));
	const parts = [rent('2025-01-01', 6), rent('2025-07-01', 6), gym('2025-01-05', 12), rent('2026-01-01', 6)];
	await Promise.all(parts.map((part) => importStatement(ana, statement(part))));
	const merchants = (await listOf(ana)).map(({ amount }) => amount).sort();
	expect(merchants).toEqual([-2990, -85_000]);
});

test('looking twice at the same moment, as two processes may, finds each series once', async () => {
	const ana = await quits.meet('Ana');
	const { accountId } = await importStatement(
		ana,
		statement([...rent('2025-01-01', 12), ...gym('2025-01-05', 12)])
	);
	const rows = await app.db.transaction.findMany({ where: { userId: ana.id }, distinct: ['merchantKey'] });
	const merchantKeys = rows.map((row) => row.merchantKey);
	await app.db.recurring.deleteMany({ where: { userId: ana.id } });
	expect(await listOf(ana)).toEqual([]);
	const scope = { userId: ana.id, accountId: accountId!, merchantKeys };
	await Promise.all([1, 2, 3].map(() => detectRecurring(app, scope)));
	expect((await listOf(ana)).map(({ amount }) => amount).sort()).toEqual([-2990, -85_000]);
});

test('a person confirms, dismisses, and takes it back; the next import keeps to it', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement([...rent('2025-09-01', 6), ...gym('2025-09-05', 6)]));
	const [rented, trained] = (await listOf(ana)).sort((a, b) => a.amount - b.amount);
	const { confirm, dismiss, reconsider, list } = ana.api.recurring;
	expect(await confirm.mutate({ id: rented!.id })).toMatchObject({ status: 'confirmed' });
	expect(await dismiss.mutate({ id: trained!.id })).toMatchObject({ status: 'dismissed' });
	await importStatement(ana, statement([...rent('2026-03-01', 2), ...gym('2026-03-05', 2)]));
	expect(await listOf(ana)).toMatchObject([{ id: rented!.id, status: 'confirmed', count: 8 }]);
	expect(await list.query({ dismissed: true })).toMatchObject([{ id: trained!.id, status: 'dismissed' }]);
	expect(await reconsider.mutate({ id: trained!.id })).toMatchObject({ status: 'suggested' });
	expect(await listOf(ana)).toHaveLength(2);
	expect(await refusal(confirm.mutate({ id: crypto.randomUUID() }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('the calendar shows what is due, by date, without what was dismissed or is paid', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement([...rent('2026-01-01', 6), ...gym('2026-01-05', 6)]));
	const { due, dismiss } = ana.api.recurring;
	const dates = async (from: string, to: string) =>
		(await due.query({ from, to })).map(({ date, amount }) => `${date} ${amount}`);
	expect(await dates('2026-07-01', '2026-08-31')).toEqual([
		'2026-07-01 -85000',
		'2026-07-05 -2990',
		'2026-08-01 -85000',
		'2026-08-05 -2990'
	]);
	expect(await dates('2026-07-02', '2026-07-05')).toEqual(['2026-07-05 -2990']);
	expect(await dates('2026-05-01', '2026-06-30')).toEqual([]); // paid
	const trained = (await listOf(ana)).find(({ amount }) => amount === -2990)!;
	await dismiss.mutate({ id: trained.id });
	expect(await dates('2026-07-01', '2026-07-31')).toEqual(['2026-07-01 -85000']);
	for (const span of [
		{ from: '2026-07-02', to: '2026-07-01' },
		{ from: '2026-01-01', to: '2027-06-01' }
	]) {
		expect(await refusal(due.query(span))).toMatchObject({ code: 'INVALID', reason: 'bad_period' });
	}
});

test('a confirmed payment with another price, or that did not come, is told once', async () => {
	const ana = await quits.meet('Ana');
	await importStatement(ana, statement([...rent('2025-06-01', 6), ...gym('2025-06-05', 6)]));
	for (const { id } of await listOf(ana)) await ana.api.recurring.confirm.mutate({ id });
	// The rent goes up; the gym does not come again, as everything else in the account shows.
	const later = statement([...rent('2025-12-01', 3, -92_000), ...bookings(90, { from: '2025-12-01' })]);
	await importStatement(ana, later);
	await importStatement(ana, later);
	const told = (await notificationsOf(ana)).filter(({ kind }) => kind.startsWith('recurring')).reverse();
	expect(told.filter(({ kind }) => kind === 'recurring_changed')).toMatchObject([
		{ params: { before: -85_000, after: -92_000, currency: 'EUR' } }
	]);
	const missed = told
		.filter(({ kind }) => kind === 'recurring_missed')
		.map(({ params }) => params as { date: string });
	expect(missed.length).toBeGreaterThan(0);
	expect(new Set(missed.map(({ date }) => date)).size).toBe(missed.length);
});
