/**
 * Home and every report inside the server, on both databases, at 100,000 and at 1,000,000 transactions of one person over ten
 * years, 1,000 of them split with a group. One figure each: the 95th percentile of some calls. Beside it, what it costs once to
 * add up everything that an import has changed. `node bench/reports.ts sqlite 100000` measures one of them alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { categories } from '#lib/categories.ts';
import { addDays } from '#lib/dates.ts';
import { seedCategories } from '#server/categories/seed.ts';
import { openDb, type Db } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { cashFlow } from '#server/reports/cash-flow.ts';
import { groupStatistics } from '#server/reports/group.ts';
import { spendingQuery } from '#server/reports/query.ts';
import { spendingReport } from '#server/reports/spending.ts';
import { subscriptions } from '#server/reports/subscriptions.ts';
import { monthSummary } from '#server/transactions/summary.ts';
import { startPostgres } from '../tests/support/postgres.ts';
import { percentile, report } from './support/figures.ts';

const calls = 40;
const warmUps = 5; // what is compiled and connected once
const years = 10;
const first = '2016-01-01';
const [today, always] = ['2025-12-20', { from: first, to: '2025-12-31' }];
const year = { from: '2025-01-01', to: '2025-12-31' };

type Ask = (db: Db) => Promise<unknown>;

const spending =
	(asked: Parameters<typeof spendingQuery.parse>[0]): Ask =>
	(db) =>
		spendingReport(db, 'ana', spendingQuery.parse(asked));

const asks: Record<string, Ask> = {
	// What the page asks for at once, of what is reckoned here.
	home: async (db) => {
		await Promise.all([
			monthSummary(db, 'ana', { month: '2025-12', mine: true }),
			spending({ from: '2025-12-01', to: today, by: 'category', compare: 'previous', mine: true })(db)
		]);
	},
	...Object.fromEntries(
		(['category', 'merchant', 'account', 'month'] as const).flatMap((by) => [
			[`spending-${by}-year`, spending({ ...year, by, compare: 'previous' })],
			[`spending-${by}-all`, spending({ ...always, by })]
		])
	),
	'spending-mine-all': spending({ ...always, by: 'category', mine: true }),
	'spending-days': spending({ from: '2025-03-12', to: '2025-09-17', by: 'category', compare: 'year' }),
	'cash-flow-all': (db) => cashFlow(db, 'ana', { ...always, mine: false }),
	subscriptions: (db) => subscriptions(db, 'ana'),
	group: async (db) => {
		const membership = await db.member.findUniqueOrThrow({
			where: { id: 'ana-in-flat' },
			include: { group: true }
		});
		await groupStatistics(db, { ...membership, userId: 'ana' }, {});
	}
};

const [onlyDialect, onlyRows] = process.argv.slice(2);
for (const dialect of ['sqlite', 'postgres'].filter((one) => !onlyDialect || one === onlyDialect)) {
	for (const rows of [100_000, 1_000_000].filter((one) => !onlyRows || one === Number(onlyRows))) {
		await measure(dialect, rows);
	}
}

async function measure(dialect: string, rows: number): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'quits-reports-'));
	const postgres = dialect === 'postgres' ? await startPostgres() : null;
	const config = { dataDir, ...(postgres && { databaseUrl: postgres.url('postgres') }) };
	await migrate(config);
	const db = await openDb(config);
	await seedCategories(db);
	const name = (what: string) => `reports-${what}-${rows / 1000}k-${dialect}`;
	await fill(db, dialect, rows);
	if (postgres) await db.$executeRawUnsafe('ANALYZE');
	report({
		name: name('add-up-everything'),
		value: (await timed(db, asks['spending-account-all']!)) / 1000,
		unit: 's'
	});
	for (const [what, ask] of Object.entries(asks)) {
		for (let call = 0; call < warmUps; call++) await ask(db);
		const times: number[] = [];
		for (let call = 0; call < calls; call++) times.push(await timed(db, ask));
		report({ name: name(`${what}-p95`), value: percentile(times, 0.95), unit: 'ms' });
	}
	await db.$disconnect();
	await postgres?.stop();
	rmSync(dataDir, { recursive: true, force: true });
}

async function timed(db: Db, ask: Ask): Promise<number> {
	const started = performance.now();
	await ask(db);
	return performance.now() - started;
}

/**
 * A household as a bank sees it: two thousand merchants, few of them often, each with a category and mostly one account; a
 * refund now and then, and an account in another currency. Made in the database, which is quicker by far.
 */
async function fill(db: Db, dialect: string, rows: number): Promise<void> {
	await db.user.create({
		data: { id: 'ana', email: 'ana@example.org', name: 'Ana', passwordHash: '' }
	});
	for (const [id, currency] of [
		...[['current', 'EUR'] as const, ['card', 'EUR'] as const, ['savings', 'EUR'] as const],
		['dollars', 'USD'] as const
	]) {
		await db.account.create({ data: { id, userId: 'ana', name: id, currency } });
	}
	const keys = JSON.stringify(categories.map(({ key }) => key));
	const sqlite = dialect === 'sqlite';
	const numbers = sqlite
		? `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows - 1})`
		: `WITH n AS (SELECT generate_series(0, CAST(${rows - 1} AS BIGINT)) AS i)`;
	const category = sqlite
		? `json_extract('${keys}', '$[' || (merchant % ${categories.length}) || ']')`
		: `'${keys}'::jsonb ->> (merchant % ${categories.length})::integer`;
	const days = `CAST(i * ${years * 365}.0 / ${rows} AS INTEGER)`;
	const date = sqlite
		? `date('${first}', '+' || ${days} || ' days')`
		: `CAST(DATE '${first}' + ${days} AS TEXT)`;
	const id = sqlite ? `printf('%012d', i)` : `lpad(CAST(i AS TEXT), 12, '0')`;
	await db.$executeRawUnsafe(`INSERT INTO "Transaction" ("id", "userId", "accountId", "date", "amount", "currency", "description",
			"merchant", "merchantKey", "search", "fingerprint", "occurrence", "categoryId", "source", "confidence", "review")
		${numbers}, r AS (SELECT i, (i * 7919) % 10007 AS r FROM n),
			m AS (SELECT i, r, CAST(2000.0 * r * r * r / 10007 / 10007 / 10007 AS INTEGER) AS merchant FROM r)
		SELECT ${id}, 'ana', CASE WHEN merchant % 41 = 40 THEN 'dollars' WHEN merchant % 5 = 4 THEN 'card'
				WHEN r % 97 = 96 THEN 'savings' ELSE 'current' END, ${date},
			CASE WHEN merchant % 104 < 8 OR r % 31 = 30 THEN 1 ELSE -1 END * (100 + r),
			CASE WHEN merchant % 41 = 40 THEN 'USD' ELSE 'EUR' END, 'Card payment ' || i, 'Merchant ' || merchant,
			'merchant ' || merchant, 'card payment ' || i, 'f' || i, 1, ${category}, 'model', 0.9, ${sqlite ? 0 : 'FALSE'}
		FROM m`);
	await fillGroup(db, rows);
}

async function fillGroup(db: Db, rows: number): Promise<void> {
	await db.group.create({ data: { id: 'flat', name: 'Flat', currency: 'EUR' } });
	await db.member.createMany({
		data: [
			{ id: 'ana-in-flat', groupId: 'flat', userId: 'ana', name: 'Ana' },
			{ id: 'ben-in-flat', groupId: 'flat', name: 'Ben' }
		]
	});
	const members = ['ana-in-flat', 'ben-in-flat'];
	const expenses = Array.from({ length: 1000 }, (_, n) => ({
		...{ id: `expense-${n}`, groupId: 'flat', description: 'Shopping', date: addDays(first, n * 3) },
		...{ currency: 'EUR', settleCurrency: 'EUR', amount: 5000n, settleAmount: 5000n },
		...{ split: { mode: 'equal' }, payers: [], categoryId: categories[n % categories.length]!.key },
		transactionId: String(Math.floor((n * rows) / 1000)).padStart(12, '0'),
		createdById: members[0]!
	}));
	await db.expense.createMany({ data: expenses });
	for (const memberId of members) {
		const paid = memberId === members[0] ? 5000n : 0n;
		await db.expensePart.createMany({
			data: expenses.map(({ id: expenseId }) => ({
				...{ expenseId, memberId, groupId: 'flat', currency: 'EUR' },
				...{ paid, share: 2500n, net: paid - 2500n }
			}))
		});
	}
}
