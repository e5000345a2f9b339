/** Reports against a slow sum over the list of transactions, before and after all kinds of changes. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { merchantKey } from '#lib/merchant.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup } from '../support/group.ts';
import { transactionsOf, type Person } from '../support/person.ts';

const quits = await startTestApp({ work: false });
const { db } = quits.app;

/** The same numbers every time. */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * sides);
	};
}

const kinds = [
	...['groceries', 'restaurants', 'clothing', 'rent', 'refund', 'salary', 'other_income'],
	...['account_transfer', 'credit_card_payment', null]
];
const shops = ['Rewe', 'Zalando', 'Bäckerei Öz', 'ACME', 'Kiosk 24'];
const currencies = ['EUR', 'USD', 'JPY'];
const all = { from: '2025-01-01', to: '2026-12-31' };

/** Accounts in three currencies with two years of everything: shopping, refunds, wages, transfers, card payments, and what has no category. */
async function settle(person: Person, count = 240): Promise<string[]> {
	const roll = dice(7);
	const accounts = currencies.map((currency) => ({ id: v7(), userId: person.id, name: currency, currency }));
	await db.account.createMany({ data: accounts });
	const rows = Array.from({ length: count }, (_, n) => {
		const account = accounts[roll(3)]!;
		const merchant = shops[roll(shops.length)]!;
		const date = new Date(Date.UTC(2025, 0, 1 + roll(730))).toISOString().slice(0, 10);
		return {
			...{ id: v7(), userId: person.id, accountId: account.id, currency: account.currency, date, merchant },
			amount: BigInt((roll(4) === 0 ? 1 : -1) * roll(20_000)),
			...{
				merchantKey: merchantKey(merchant),
				description: `${merchant} ${n}`,
				search: merchant.toLowerCase()
			},
			...{ fingerprint: `${n}`, occurrence: 1, categoryId: kinds[roll(kinds.length)]! }
		};
	});
	await db.transaction.createMany({ data: rows });
	return rows.map(({ id }) => id);
}

type Row = Awaited<ReturnType<typeof transactionsOf>>[number];
type Direction = 'out' | 'in';

/** In words of its own: what decides for the reports is `flowOf`. */
function directionOf({ categoryId, category, amount }: Row): Direction | null {
	if (categoryId === null) return amount < 0 ? 'out' : 'in';
	if (categoryId === 'refund') return 'out';
	if (category?.parent === 'Income') return 'in';
	if (category?.parent === 'Transfers' || (categoryId === 'credit_card_payment' && amount > 0)) return null;
	return 'out';
}

const keys = {
	category: ({ categoryId }: Row) => categoryId,
	merchant: ({ merchant }: Row) => merchantKey(merchant),
	account: ({ accountId }: Row) => accountId,
	month: ({ date }: Row) => date.slice(0, 7)
};

/** `currency key` → amount and count, without what is nothing. */
function slowly(
	rows: readonly Row[],
	by: keyof typeof keys,
	direction: Direction,
	others: Map<string, number>
) {
	const sums = new Map<string, [number, number]>();
	for (const row of rows.filter((row) => directionOf(row) === direction)) {
		const key = `${row.currency} ${keys[by](row)}`;
		const [amount, count] = sums.get(key) ?? [0, 0];
		const own = row.amount + (others.get(row.id) ?? 0);
		sums.set(key, [amount + (direction === 'out' ? -own : own), count + 1]);
	}
	return sums;
}

const nobody = new Map<string, number>();

async function expectToAgree(person: Person, others = nobody): Promise<void> {
	const mine = others !== nobody;
	for (const period of [
		all,
		{ from: '2025-03-01', to: '2025-08-31' },
		{ from: '2025-11-17', to: '2026-02-05' }
	]) {
		const rows = await transactionsOf(person, period);
		for (const by of ['category', 'merchant', 'account', 'month'] as const) {
			for (const direction of ['out', 'in'] as const) {
				const report = await person.api.reports.spending.query({ ...period, by, direction, mine });
				const found = report.currencies.flatMap(({ currency, rows }) =>
					rows
						.filter(({ count }) => count > 0)
						.map(({ key, amount, count }): [string, [number, number]] => [
							`${currency} ${key}`,
							[amount, count]
						])
				);
				expect(new Map(found), `${by} ${direction}`).toEqual(slowly(rows, by, direction, others));
				for (const { total, rows } of report.currencies) {
					expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(total.amount);
					for (const row of rows.filter(({ groups }) => groups)) {
						expect(row.groups!.reduce((sum, { amount }) => sum + amount, 0)).toBe(row.amount);
					}
				}
			}
		}
		const flow = await person.api.reports.cashFlow.query({ ...period, mine });
		const spent = slowly(rows, 'month', 'out', others);
		const earned = slowly(rows, 'month', 'in', others);
		for (const { currency, months } of flow.currencies) {
			for (const month of months) {
				const of = (sums: typeof spent) => sums.get(`${currency} ${month.month}`)?.[0] ?? 0;
				const [out, into] = [of(spent), of(earned)];
				expect(month).toEqual({ month: month.month, in: into, out, net: into - out });
			}
		}
	}
}

test('every figure is what the list of transactions comes to, whatever has changed since', async () => {
	const [ana, ben] = [await quits.meet('Ana'), await quits.meet('Ben')];
	const ids = await settle(ana);
	await expectToAgree(ana);
	// One by one, many at once, from one month to another, gone one by one, and gone with their account.
	await ana.api.transactions.setCategory.mutate({ id: ids[3]!, categoryId: 'hotels' });
	await ana.api.transactions.setCategories.mutate({ ids: ids.slice(10, 60), categoryId: 'groceries' });
	await db.transaction.updateMany({ where: { id: { in: ids.slice(60, 70) } }, data: { date: '2026-05-05' } });
	await db.transaction.updateMany({ where: { id: { in: ids.slice(70, 80) } }, data: { amount: 777n } });
	await db.transaction.deleteMany({ where: { id: { in: ids.slice(80, 90) } } });
	const own = await ana.api.categories.create.mutate({ name: 'Kites', group: 'income' });
	await ana.api.transactions.setCategories.mutate({ ids: ids.slice(90, 99), categoryId: own.id });
	await expectToAgree(ana);
	await ana.api.categories.update.mutate({ id: own.id, group: 'travel' });
	const [first] = await ana.api.accounts.list.query();
	await db.account.delete({ where: { id: first!.id } });
	await expectToAgree(ana);

	expect((await ben.api.reports.spending.query({ ...all, by: 'merchant' })).currencies).toEqual([]);
	expect((await ben.api.reports.cashFlow.query(all)).currencies).toEqual([]);
	await db.user.delete({ where: { id: ana.id } });
	expect(await db.monthTotal.count({ where: { userId: ana.id } })).toBe(0);
	expect(await db.staleMonth.count({ where: { userId: ana.id } })).toBe(0);
});

test('of what is split only the own share counts when that is asked for', async () => {
	const [dan, eve] = [await quits.meet('Dan'), await quits.meet('Eve')];
	await settle(dan, 120);
	const flat = await makeGroup(quits.app, [dan, eve]);
	const others = new Map<string, number>();
	const spendings = (await transactionsOf(dan)).filter(
		({ amount, category }) => amount < 0 && category?.parent !== 'Transfers'
	);
	for (const { id: transactionId, amount, date, currency } of spendings.slice(0, 12)) {
		const payers = [{ memberId: flat.member('Dan'), amount: -amount }];
		const expense = await dan.api.expenses.create.mutate(
			flat.expense({ amount: -amount, date, currency, payers, transactionId })
		);
		const share = expense.shares.find(({ memberId }) => memberId === flat.member('Dan'))!;
		others.set(transactionId, -amount - share.amount);
	}
	await expectToAgree(dan);
	await expectToAgree(dan, others);
});

test('what lies below a bar comes to the bar, down to the transactions', async () => {
	const fay = await quits.meet('Fay');
	await settle(fay, 150);
	const { api } = fay;
	const top = await api.reports.spending.query({ ...all, by: 'category' });
	for (const { currency, rows } of top.currencies) {
		for (const { key, amount } of rows) {
			const categoryId = key ?? 'none';
			const below = await api.reports.spending.query({ ...all, by: 'merchant', categoryId });
			const merchants = below.currencies.find((one) => one.currency === currency)!;
			expect(merchants.total.amount).toBe(amount);
			const { key: merchantKey, amount: some } = merchants.rows[0]!;
			const found = await transactionsOf(fay, { ...all, categoryId, merchantKey: merchantKey! });
			const counted = found.filter((row) => row.currency === currency && directionOf(row) === 'out');
			expect(counted.reduce((sum, row) => sum - row.amount, 0)).toBe(some);
		}
	}
});

test('it is compared with the months before, or the same dates a year ago', async () => {
	const gil = await quits.meet('Gil');
	await settle(gil, 150);
	const of = async (from: string, to: string) =>
		(await gil.api.reports.spending.query({ from, to, by: 'category' })).currencies;
	const compared = { from: '2026-03-01', to: '2026-03-20', by: 'category' } as const;
	for (const [compare, from, to] of [
		['previous', '2026-02-01', '2026-02-20'],
		['year', '2025-03-01', '2025-03-20']
	] as const) {
		const report = await gil.api.reports.spending.query({ ...compared, compare });
		expect(report.before).toEqual({ from, to });
		for (const { currency, total } of await of(from, to)) {
			const now = report.currencies.find((one) => one.currency === currency)!;
			expect(now.total.before).toBe(total.amount);
			expect(now.rows.reduce((sum, { before }) => sum + before!, 0)).toBe(total.amount);
		}
		const { cashFlow } = gil.api.reports;
		const flow = await cashFlow.query({ from: compared.from, to: compared.to, compare });
		expect(flow.before).toEqual({ from, to });
		for (const { currency, total } of (await cashFlow.query({ from, to })).currencies) {
			const now = flow.currencies.find((one) => one.currency === currency)!;
			expect(now.before).toEqual(total);
		}
	}
	const months = { from: '2026-01-01', to: '2026-06-30', by: 'month', compare: 'year' } as const;
	const known = (await gil.api.reports.spending.query(months)).currencies;
	const first = known.find(({ total }) => total.before !== undefined);
	const alone = await gil.api.reports.spending.query({ from: '2025-02-01', to: '2025-02-28', by: 'month' });
	const february = alone.currencies.find(({ currency }) => currency === first!.currency);
	expect(first!.rows[1]).toMatchObject({ key: '2026-02', before: february?.total.amount ?? 0 });
	expect(
		await refusal(gil.api.reports.spending.query({ from: '2026-02-01', to: '2026-01-01', by: 'month' }))
	).toMatchObject({ code: 'INVALID' });
});

/** One account with spendings of 10.00 on some dates. */
async function spend(person: Person, currency: string, dates: string[]): Promise<string> {
	const account = { id: v7(), userId: person.id, name: currency, currency };
	await db.account.create({ data: account });
	const data = dates.map((date) => ({
		...{ id: v7(), userId: person.id, accountId: account.id, currency, date, amount: -1000n },
		...{ merchant: 'Rewe', merchantKey: 'rewe', description: 'Rewe', search: 'rewe' },
		...{ fingerprint: date, occurrence: 1, categoryId: 'groceries' }
	}));
	await db.transaction.createMany({ data });
	return account.id;
}

test('each currency and account is compared only where something is known of it', async () => {
	const lea = await quits.meet('Lea');
	await spend(lea, 'JPY', ['2024-01-05', '2026-02-05', '2026-03-05']);
	const euros = await spend(lea, 'EUR', ['2026-03-03', '2026-03-04']);
	const march = { from: '2026-03-01', to: '2026-03-31', compare: 'previous' } as const;
	const { spending, cashFlow } = lea.api.reports;
	const report = await spending.query({ ...march, by: 'category' });
	const of = <T extends { currency: string }>(currencies: T[]) =>
		Object.fromEntries(currencies.map((one) => [one.currency, one]));
	expect(report.before).toEqual({ from: '2026-02-01', to: '2026-02-28' });
	expect(of(report.currencies).JPY).toMatchObject({ total: { amount: 1000, before: 1000 } });
	expect(of(report.currencies).JPY).not.toHaveProperty('knownFrom');
	expect(of(report.currencies).EUR).toMatchObject({ total: { amount: 2000 }, knownFrom: '2026-03-03' });
	expect(of(report.currencies).EUR!.total).not.toHaveProperty('before');
	expect(of(report.currencies).EUR!.rows[0]).not.toHaveProperty('before');
	const flow = of((await cashFlow.query(march)).currencies);
	expect(flow.JPY).toMatchObject({ before: { out: 1000 } });
	expect(flow.EUR).toMatchObject({ total: { out: 2000 }, knownFrom: '2026-03-03' });
	expect(flow.EUR).not.toHaveProperty('before');

	// A currency that no account is in, as when something was bought abroad, is known since anything is.
	await db.transaction.updateMany({ where: { userId: lea.id, currency: 'EUR' }, data: { currency: 'CHF' } });
	const abroad = of((await spending.query({ ...march, by: 'category' })).currencies).CHF;
	expect(abroad).toMatchObject({ total: { amount: 2000, before: 0 } });
	await db.transaction.updateMany({ where: { userId: lea.id, currency: 'CHF' }, data: { currency: 'EUR' } });

	const more = await spend(lea, 'EUR', ['2026-01-15', '2026-02-15', '2026-03-15']);
	const one = await spending.query({ ...march, by: 'category', accountId: euros });
	expect(one).toMatchObject({ before: null, currencies: [{ knownFrom: '2026-03-03' }] });
	const { rows } = of((await spending.query({ ...march, by: 'account' })).currencies).EUR!;
	expect(new Map(rows.map(({ key, before }) => [key, before]))).toEqual(
		new Map([
			[euros, undefined],
			[more, 1000]
		])
	);
});

test('no period is longer than a hundred years, nor in a year that nobody means', async () => {
	const max = await quits.meet('Max');
	await spend(max, 'EUR', ['1931-05-05', '2026-03-03']);
	const { spending, cashFlow } = max.api.reports;
	for (const period of [
		{ to: '2199-12-31' },
		{ from: '1900-01-01' },
		{ from: '1900-01-01', to: '2026-03-03' },
		{ from: '2026-03-03', to: '2026-03-01' }
	]) {
		const refused = { code: 'INVALID', reason: 'bad_period' };
		expect(await refusal(spending.query({ ...period, by: 'month' }))).toMatchObject(refused);
		expect(await refusal(cashFlow.query(period))).toMatchObject(refused);
	}
	for (const period of [{ to: '9999-12-31' }, { from: '0002-01-01' }]) {
		const refused = { code: 'INVALID', fields: {} };
		expect(await refusal(spending.query({ ...period, by: 'month' }))).toMatchObject(refused);
		expect(await refusal(cashFlow.query(period))).toMatchObject(refused);
	}
	expect(await spending.query({ by: 'month' })).toMatchObject({ from: '1931-05-05', to: '2026-03-03' });
	await spend(max, 'USD', ['1901-05-05']);
	expect(await spending.query({ by: 'month' })).toMatchObject({ from: '1925-12-18', to: '2026-03-03' });
});

test('a group says who paid, who consumed, for what and when', async () => {
	const [hal, ida, joe] = [await quits.meet('Hal'), await quits.meet('Ida'), await quits.meet('Joe')];
	const flat = await makeGroup(quits.app, [hal, ida], { guests: ['Guest'] });
	const add = (more: Parameters<typeof flat.expense>[0]) =>
		hal.api.expenses.create.mutate(flat.expense(more));
	await add({ date: '2026-01-05', amount: 3000, categoryId: 'groceries' });
	await add({ date: '2026-03-05', amount: 600, payers: [{ memberId: flat.member('Ida'), amount: 600 }] });
	await add({ date: '2026-03-06', amount: 900, currency: 'USD', categoryId: 'groceries' });
	const gone = await add({ date: '2026-03-07', amount: 9900 });
	await hal.api.expenses.remove.mutate({ id: gone.id, version: gone.version });
	const report = await ida.api.reports.group.query({ groupId: flat.id });
	const [euros, dollars] = report.currencies;
	expect(euros).toMatchObject({ currency: 'EUR', amount: 3600, count: 2 });
	expect(
		Object.fromEntries(euros!.members.map(({ memberId, paid, consumed }) => [memberId, [paid, consumed]]))
	).toEqual({
		[flat.member('Hal')]: [3000, 1200],
		[flat.member('Ida')]: [600, 1200],
		[flat.member('Guest')]: [0, 1200]
	});
	expect(euros!.categories).toEqual([
		{ categoryId: 'groceries', amount: 3000, count: 1 },
		{ categoryId: null, amount: 600, count: 1 }
	]);
	expect(euros!.months).toEqual([
		{ month: '2026-01', amount: 3000 },
		{ month: '2026-02', amount: 0 },
		{ month: '2026-03', amount: 600 }
	]);
	expect(dollars).toMatchObject({ currency: 'USD', amount: 900, count: 1 });
	const march = await hal.api.reports.group.query({ groupId: flat.id, from: '2026-03-01', to: '2026-03-31' });
	expect(march.currencies.map(({ amount }) => amount).sort()).toEqual([600, 900]);
	expect(await refusal(joe.api.reports.group.query({ groupId: flat.id }))).toMatchObject({
		code: 'NOT_FOUND'
	});
});

test('subscriptions are what goes out again and again, without what is only moved', async () => {
	const kim = await quits.meet('Kim');
	await settle(kim, 40);
	const [account] = await kim.api.accounts.list.query();
	const day = (n: number) => `2026-0${n}-01`;
	const add = async (merchant: string, categoryId: string, amount: bigint) => {
		const of = {
			userId: kim.id,
			accountId: account!.id,
			merchant,
			merchantKey: merchant,
			amount,
			currency: 'EUR'
		};
		const { id: recurringId } = await db.recurring.create({
			data: {
				...{ ...of, id: v7(), cadence: 'monthly', anchor: { kind: 'day', day: 1 }, status: 'confirmed' },
				...{ amountMin: amount, amountMax: amount, firstDate: day(1), lastDate: day(6), nextDate: day(7) },
				...{ missed: [], count: 6, confidence: 1 }
			}
		});
		await db.transaction.create({
			data: {
				...{ ...of, id: v7(), recurringId, categoryId, date: day(6), description: merchant },
				...{ search: merchant, fingerprint: merchant, occurrence: 1 }
			}
		});
	};
	await db.transaction.deleteMany({ where: { userId: kim.id } });
	await add('stream', 'streaming', -999n);
	await add('flat', 'rent', -80_000n);
	await add('savings', 'savings_transfer', -25_000n);
	await add('wage', 'salary', 300_000n);
	const { currencies } = await kim.api.reports.subscriptions.query();
	expect(currencies).toMatchObject([
		{
			...{ currency: 'EUR', perMonth: 80_999, perYear: 971_988 },
			kinds: [
				{ kind: 'subscription', perYear: 11_988, payments: [{ merchant: 'stream', confirmed: true }] },
				{ kind: 'bill', perMonth: 80_000, payments: [{ merchant: 'flat' }] }
			]
		}
	]);
});
