/** Five hundred things that happen to the money of a group, at random: after each one nothing is lost, and nothing made up. */
import fc from 'fast-check';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { seedOf } from '#lib/groups/apportion.ts';
import { partsOf, type ExpenseMoney } from '#lib/groups/parts.ts';
import type { Split } from '#lib/groups/split.ts';
import { refusal } from '../support/api.ts';
import { startTestApp } from '../support/app.ts';
import { makeGroup, type ExpenseView } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { caseOf, modes, payersOf, person } from '../support/split-cases.ts';

const happenings = 500;
const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);

const quits = await startTestApp();
const people: Person[] = [];
for (const name of ['Ana', 'Ben', 'Cleo', 'Dora']) people.push(await quits.meet(name));
const names = ['Ana', 'Ben', 'Cleo', 'Dora', 'Finn', 'Gus'];
const flat = await makeGroup(quits.app, people, { guests: ['Finn', 'Gus'] });
const groupId = flat.id;
const ids = names.map(flat.member);

type Kept = ExpenseMoney & { id: string; turn: number | null; version: number; removed: boolean };

const kinds = fc.oneof(
	{ weight: 35, arbitrary: fc.constant('create' as const) },
	{ weight: 20, arbitrary: fc.constant('update' as const) },
	{ weight: 10, arbitrary: fc.constant('remove' as const) },
	{ weight: 8, arbitrary: fc.constant('restore' as const) },
	{ weight: 12, arbitrary: fc.constant('share' as const) },
	{ weight: 8, arbitrary: fc.constant('settle' as const) },
	{ weight: 7, arbitrary: fc.constant('answer' as const) }
);
const conversions = fc.option(
	fc.record({
		currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
		rate: fc.constantFrom('0.9137', '155.04', '0.3')
	}),
	{ freq: 2 }
);
const happening = fc.record({
	kind: kinds,
	one: fc.constantFrom(...modes).chain((mode) => caseOf(mode, names.length)),
	currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
	conversion: conversions,
	which: fc.nat(),
	who: fc.nat(3),
	other: fc.nat(5),
	cut: fc.nat(),
	yes: fc.boolean()
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** People of the made-up case → members of this group. */
const member = (made: string): string => ids[names.findIndex((_, n) => person(n) === made)]!;
const inGroup = (split: Split): Split =>
	JSON.parse(JSON.stringify(split), (_, value: unknown) =>
		typeof value === 'string' && value.startsWith('00000000') ? member(value) : value
	) as Split;

const moneyOf = ({ one, currency, conversion, cut }: Happening): ExpenseMoney => ({
	currency,
	amount: one.amount,
	payers: payersOf(one.amount, cut).map(({ memberId, amount }) => ({ memberId: member(memberId), amount })),
	split: inGroup(one.split),
	conversion
});
const fields = (money: ExpenseMoney) => ({
	description: 'Something',
	date: '2026-03-01',
	currency: money.currency,
	amount: money.amount,
	payers: [...money.payers],
	split: money.split,
	conversion: money.conversion ?? null
});

async function settlements() {
	const all = [];
	let cursor: string | undefined;
	do {
		const page = await people[0]!.api.settlements.list.query({ groupId, limit: 200, cursor });
		all.push(...page.items);
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	return all;
}

/** Everybody's balance in every currency, added up by hand. */
async function recomputed(expenses: readonly Kept[]): Promise<Map<string, bigint>> {
	const sums = new Map<string, bigint>();
	const add = (memberId: string, currency: string, amount: number) =>
		sums.set(`${currency} ${memberId}`, (sums.get(`${currency} ${memberId}`) ?? 0n) + BigInt(amount));
	for (const expense of expenses.filter(({ removed }) => !removed)) {
		const worked = partsOf(expense, seedOf(expense));
		if (!worked.ok) expect.fail(worked.problem.code);
		for (const { memberId, paid, share } of worked.parts) add(memberId, worked.settleCurrency, paid - share);
	}
	for (const { from, to, currency, amount, status } of await settlements()) {
		if (status === 'disputed') continue;
		add(from, currency, amount);
		add(to, currency, -amount);
	}
	return new Map([...sums].filter(([, amount]) => amount !== 0n).sort());
}

async function expectBalanced(expenses: readonly Kept[]): Promise<void> {
	const balances = await flat.balances();
	const perCurrency = new Map<string, bigint>();
	for (const { currency, amount } of balances) {
		perCurrency.set(currency, (perCurrency.get(currency) ?? 0n) + BigInt(amount));
	}
	expect([...perCurrency.values()].every((sum) => sum === 0n)).toBe(true);
	const stored = balances.map(({ memberId, currency, amount }) => [
		`${currency} ${memberId}`,
		BigInt(amount)
	]);
	expect(new Map(stored.sort() as [string, bigint][])).toEqual(await recomputed(expenses));
}

/** A share is paid exactly when nothing of it is open; all that is open is owed to those who are ahead, and adds up. */
async function expectPaidAsOpen({ id, shares, settleAmount }: ExpenseView): Promise<void> {
	const { debts } = await people[0]!.api.expenses.get.query({ id });
	for (const { memberId, paid } of shares) {
		expect(paid).toBe(!debts.some(({ from }) => from === memberId));
	}
	const parts = await quits.app.db.expensePart.findMany({ where: { expenseId: id } });
	const ahead = new Map(parts.map(({ memberId, paid, share }) => [memberId, Number(paid - share)]));
	for (const [memberId, amount] of ahead) {
		const due = debts.filter(({ to }) => to === memberId).reduce((sum, debt) => sum + debt.amount, 0);
		expect(due).toBeLessThanOrEqual(Math.max(0, amount));
	}
	expect(parts.reduce((sum, { share }) => sum + Number(share), 0)).toBe(settleAmount);
}

/** Does one thing. False when it was refused, as it may be; then nothing has changed. */
async function happen(it: Happening, expenses: Kept[]): Promise<boolean> {
	const { api } = people[it.who]!;
	const expense = expenses[it.which % expenses.length];
	const money = moneyOf(it);
	if (it.kind === 'create' || !expense) {
		const id = v7();
		if (!partsOf(money, id).ok) {
			const call = api.expenses.create.mutate({ groupId, id, ...fields(money) });
			expect(await refusal(call)).toMatchObject({ reason: 'bad_rate' });
			return false;
		}
		const { version, turn } = await api.expenses.create.mutate({ groupId, id, ...fields(money) });
		expenses.push({ ...money, id, turn, version, removed: false });
		return true;
	}
	const { id, version } = expense;
	switch (it.kind) {
		case 'update': {
			const update = () => api.expenses.update.mutate({ id, version, ...fields(money) });
			if (expense.removed || !partsOf(money, id).ok) {
				expect(['expense_removed', 'bad_rate']).toContain((await refusal(update())).reason);
				return false;
			}
			const paid = await settlements();
			Object.assign(expense, money, { version: (await update()).version });
			// What somebody has said to have paid stays, whatever becomes of the expense.
			expect(await settlements()).toEqual(paid);
			return true;
		}
		case 'remove':
		case 'restore': {
			const answer = await api.expenses[it.kind].mutate({ id });
			Object.assign(expense, { version: answer.version, removed: it.kind === 'remove' });
			expect(answer.deletedAt !== null).toBe(expense.removed);
			return true;
		}
		case 'share': {
			const call = api.shares.setPaid.mutate({ expenseId: id, memberId: ids[it.other]!, paid: it.yes });
			const answer = await call.catch(() => null);
			if (!answer) {
				expect(['NOT_FOUND', 'FORBIDDEN']).toContain((await refusal(call)).code);
				return false;
			}
			const share = answer.shares.find(({ memberId }) => memberId === ids[it.other]);
			if (it.yes && share && it.who === it.other) expect(share.paid).toBe(true);
			await expectPaidAsOpen(answer);
			return true;
		}
		case 'settle': {
			const [from, to] = it.yes ? [it.who, it.other] : [it.other, it.who];
			const call = api.settlements.create.mutate({
				groupId,
				from: ids[from]!,
				to: ids[to]!,
				currency: it.currency,
				amount: Math.abs(it.one.amount),
				again: true
			});
			if (from !== to) return call.then(() => true);
			expect((await refusal(call)).reason).toBe('settlement_self');
			return false;
		}
		case 'answer': {
			const all = await settlements();
			const settlement = all[it.which % all.length];
			if (!settlement) return false;
			const verb = (['confirm', 'dispute', 'remove'] as const)[it.cut % 3]!;
			const call: Promise<unknown> = api.settlements[verb].mutate({ id: settlement.id });
			if (
				await call.then(
					() => true,
					() => false
				)
			)
				return true;
			expect((await refusal(call)).code).toBe('FORBIDDEN');
			return false;
		}
	}
}

test(`after each of ${happenings} happenings (SEED=${seed}) the balances are what they must be`, async () => {
	const expenses: Kept[] = [];
	let done = 0;
	for (const it of fc.sample(happening, { numRuns: happenings, seed })) {
		const before = await flat.revision();
		const was = await flat.balances();
		if (await happen(it, expenses)) done++;
		else expect([await flat.revision(), await flat.balances()]).toEqual([before, was]);
		await expectBalanced(expenses);
	}
	expect(done).toBeGreaterThan(happenings / 2);
	// One revision, one line in the log, whatever happened.
	const log = await quits.app.db.activity.findMany({ where: { groupId }, orderBy: { revision: 'asc' } });
	expect(log.map(({ revision }) => revision)).toEqual(log.map((_, n) => n + 1));
	expect(await flat.revision()).toBe(log.length);
}, 240_000);
