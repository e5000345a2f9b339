import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountOn, carriedInto, rangeBefore, withAmount, type AmountSince } from '#lib/budgets/amounts.ts';
import { newBudget, budgetUpdate, periodOf } from '#lib/budgets/budget.ts';
import { forecast, timesStillDue } from '#lib/budgets/forecast.ts';
import { periodAt, periodIndex, type Period } from '#lib/budgets/period.ts';
import { isRefund, isSpending } from '#lib/budgets/spending.ts';
import { medianOf, suggestedAmount } from '#lib/budgets/suggestion.ts';
import {
	crossings,
	isCrossed,
	mostPercent,
	percentOf,
	toldOf,
	type Raised
} from '#lib/budgets/thresholds.ts';
import { fromDay, toDay } from '#lib/dates.ts';

test('a threshold is crossed when it is reached, exactly', () => {
	expect([7999n, 8000n, 8001n].map((spent) => isCrossed(80, spent, 10_000n))).toEqual([false, true, true]);
	// 50 % of 3 is 1.5: 1 is below, 2 is above.
	expect([1n, 2n].map((spent) => isCrossed(50, spent, 3n))).toEqual([false, true]);
	expect(isCrossed(1, 0n, 10_000n)).toBe(false);
	expect(isCrossed(50, -5n, 10_000n)).toBe(false);
	expect([0n, -500n].map((limit) => isCrossed(1000, 1n, limit))).toEqual([true, true]);
	expect([0n, -500n].map((limit) => isCrossed(1, 0n, limit))).toEqual([false, false]);
});

test('percent are whole, rounded down, and agree with the thresholds', () => {
	expect(percentOf(7999n, 10_000n)).toBe(79);
	expect([0n, -1n].map((spent) => percentOf(spent, 100n))).toEqual([0, 0]);
	expect([percentOf(1n, 0n), percentOf(1n, -1n), percentOf(10n ** 15n, 1n)]).toEqual(
		Array(3).fill(mostPercent)
	);
	const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
	fc.assert(
		fc.property(amount, amount, fc.integer({ min: 1, max: 1000 }), (spent, limit, threshold) => {
			expect(isCrossed(threshold, spent, limit)).toBe(percentOf(spent, limit) >= threshold);
		})
	);
});

test('what is raised is raised once, is marked while spending is below, and then all is done', () => {
	const threshold = fc.integer({ min: 1, max: 200 });
	const spending = fc.array(fc.bigInt({ min: -50n, max: 250n }), { minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(fc.uniqueArray(threshold, { maxLength: 5 }), spending, (unsorted, levels) => {
			const thresholds = unsorted.sort((a, b) => a - b);
			let raised: Raised[] = [];
			const told: number[] = [];
			for (const spent of levels) {
				const { fresh, passed, again } = crossings(thresholds, raised, spent, 100n);
				raised = raised.map((one) => ({
					...one,
					hasPassed: (one.hasPassed && !again.includes(one.threshold)) || passed.includes(one.threshold)
				}));
				told.push(...(toldOf(fresh, raised) === null ? [] : [toldOf(fresh, raised)!]));
				raised.push(...fresh.map((one) => ({ threshold: one, hasPassed: false })));
				expect(crossings(thresholds, raised, spent, 100n)).toEqual({ fresh: [], passed: [], again: [] });
				for (const one of raised) expect(one.hasPassed).toBe(!isCrossed(one.threshold, spent, 100n));
			}
			expect(new Set(told).size).toBe(told.length);
			expect(new Set(raised.map((one) => one.threshold)).size).toBe(raised.length);
			// Whatever was the most that was spent has been told of.
			const most = levels.reduce((a, b) => (a > b ? a : b));
			const highest = thresholds.findLast((one) => isCrossed(one, most, 100n));
			if (highest !== undefined) expect(told).toContain(highest);
		})
	);
});

test('of several that are crossed the highest is told, unless a higher one has been', () => {
	const stands = (threshold: number, hasPassed = false): Raised => ({ threshold, hasPassed });
	expect(toldOf([50, 80], [])).toBe(80);
	expect(toldOf([], [stands(50)])).toBeNull();
	expect(toldOf([30], [stands(50)])).toBeNull();
	expect(toldOf([30], [stands(50, true)])).toBe(30);
	expect(toldOf([100], [stands(50)])).toBe(100);
});

test('at this pace, with what is still due', () => {
	const june = { start: '2026-06-01', end: '2026-06-30' };
	// 100.00 in ten days is 200.00 in the other twenty.
	expect(forecast({ spent: 10_000n, apart: 0n, due: 0n }, june, '2026-06-10')).toBe(30_000n);
	// The rent is paid once, and the gym is still to come.
	expect(forecast({ spent: 90_000n, apart: 80_000n, due: 2500n }, june, '2026-06-10')).toBe(112_500n);
	expect(forecast({ spent: 10_000n, apart: 0n, due: 0n }, june, '2026-06-30')).toBe(10_000n);
	// 1 in 3 days, 27 days left: 9; 1 in 4 days, 26 left: 6.5, half up.
	expect(forecast({ spent: 1n, apart: 0n, due: 0n }, june, '2026-06-03')).toBe(10n);
	expect(forecast({ spent: 1n, apart: 0n, due: 0n }, june, '2026-06-04')).toBe(8n);
	expect(forecast({ spent: -500n, apart: 0n, due: 0n }, june, '2026-06-10')).toBe(-500n);
	const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
	fc.assert(
		fc.property(
			amount,
			amount,
			fc.bigInt({ min: 0n, max: 10n ** 12n }),
			fc.nat(29),
			(spent, apart, due, day) => {
				const end = forecast({ spent, apart, due }, june, fromDay(toDay(june.start) + day));
				expect(end).toBeGreaterThanOrEqual(spent + due);
			}
		)
	);
});

test('what is entered for a later day is no pace: it counts once', () => {
	const month = { start: '2026-11-26', end: '2026-12-25' };
	const sofa = { spent: 90_000n, apart: 90_000n, due: 0n };
	expect(forecast(sofa, month, '2026-11-26')).toBe(90_000n);
	const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
	const payments = fc.array(fc.record({ day: fc.nat(29), amount, comesAgain: fc.boolean() }), {
		maxLength: 20
	});
	fc.assert(
		fc.property(payments, fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.nat(29), (payments, due, now) => {
			const sum = (of: typeof payments): bigint => of.reduce((total, one) => total + one.amount, 0n);
			const at = (known: typeof payments): bigint => {
				const apart = sum(known.filter(({ day, comesAgain }) => comesAgain || day > now));
				return forecast({ spent: sum(known), apart, due }, month, fromDay(toDay(month.start) + now));
			};
			const [later, soFar] = [
				payments.filter(({ day }) => day > now),
				payments.filter(({ day }) => day <= now)
			];
			expect(at(payments)).toBe(at(soFar) + sum(later));
		})
	);
});

test('a recurring payment is due until it comes, also late, and not once it has ended', () => {
	const june = { start: '2026-06-01', end: '2026-06-30' };
	const monthly = (nextDate: string, lastDate: string) => ({
		...{ cadence: 'monthly' as const, anchor: { kind: 'day' as const, day: 15 }, nextDate, lastDate }
	});
	expect(timesStillDue(monthly('2026-06-15', '2026-05-15'), june, '2026-06-02')).toBe(1);
	expect(timesStillDue(monthly('2026-06-15', '2026-05-15'), june, '2026-06-18')).toBe(1);
	expect(timesStillDue(monthly('2026-07-15', '2026-06-15'), june, '2026-06-18')).toBe(0);
	expect(timesStillDue(monthly('2026-02-15', '2026-01-15'), june, '2026-06-18')).toBe(0);
	const weekly = {
		...{ cadence: 'weekly' as const, anchor: { kind: 'weekday' as const, weekday: 1 as const } },
		...{ nextDate: '2026-06-15', lastDate: '2026-06-08' }
	};
	expect(timesStillDue(weekly, june, '2026-06-10')).toBe(3);
});

test('a suggestion is the middle of what was spent, rounded up to two digits', () => {
	expect(medianOf([])).toBeNull();
	expect(medianOf([5n, 1n, 3n])).toBe(3n);
	expect(medianOf([1n, 2n])).toBe(2n);
	expect(medianOf([-1n, -2n])).toBe(-1n);
	expect(suggestedAmount([41_237n, 39_000n, 90_000n])).toBe(42_000n);
	expect(suggestedAmount([42_000n])).toBe(42_000n);
	expect(suggestedAmount([7n])).toBe(7n);
	expect(suggestedAmount([])).toBeNull();
	expect(suggestedAmount([0n, -300n])).toBeNull();
	fc.assert(
		fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1 }), (spent) => {
			const [median, suggested] = [medianOf(spent)!, suggestedAmount(spent)!];
			expect(suggested).toBeGreaterThanOrEqual(median);
			expect((suggested - median) * 10n).toBeLessThan(median === 0n ? 1n : median + 10n);
		})
	);
});

test('what is left rolls over, and so does what was spent too much', () => {
	const monthly: Period = { kind: 'monthly', day: 1 };
	const amounts: AmountSince[] = [
		{ from: '2026-01-01', amount: 100 },
		{ from: '2026-03-01', amount: 150 }
	];
	const carried = (start: string, spent: bigint) => carriedInto({ period: monthly, amounts }, start, spent);
	expect(carried('2026-01-01', 0n)).toBe(0n);
	expect(carried('2026-02-01', 30n)).toBe(70n);
	expect(carried('2026-03-01', 300n)).toBe(-100n);
	expect(carried('2026-05-01', 0n)).toBe(500n);
	expect(['2025-12-01', '2026-02-01', '2026-03-01'].map((start) => amountOn(amounts, start))).toEqual([
		null,
		100n,
		150n
	]);
	expect(rangeBefore('2026-01-01', '2026-03-01')).toEqual({ start: '2026-01-01', end: '2026-02-28' });
	expect(rangeBefore('2026-03-01', '2026-03-01')).toBeNull();
	expect(withAmount(amounts, '2026-03-01', 175)).toEqual([amounts[0], { from: '2026-03-01', amount: 175 }]);
	expect(withAmount(amounts, '2026-04-01', 175)).toEqual([...amounts, { from: '2026-04-01', amount: 175 }]);
});

test('carrying from period to period comes to the same as the sum', () => {
	const amount = fc.integer({ min: 1, max: 10_000 });
	fc.assert(
		fc.property(fc.array(fc.record({ amount, spent: amount }), { minLength: 1, maxLength: 40 }), (months) => {
			const period: Period = { kind: 'monthly', day: 31 };
			const first = periodIndex(period, '2026-01-31');
			const startOf = (n: number): string => periodAt(period, first + n).start;
			let amounts: AmountSince[] = [];
			let [carry, spent] = [0n, 0n];
			for (const [n, month] of months.entries()) {
				if (amounts.at(-1)?.amount !== month.amount) amounts = withAmount(amounts, startOf(n), month.amount);
				expect(carriedInto({ period, amounts }, startOf(n), spent)).toBe(carry);
				carry += BigInt(month.amount) - BigInt(month.spent);
				spent += BigInt(month.spent);
			}
		})
	);
});

test('refunds and transfers', () => {
	const counts = (categoryId: string | null, amount: bigint, chosen: string[] = []) =>
		isSpending({ categoryId, amount }, chosen);
	expect(counts('groceries', -5n)).toBe(true);
	expect(counts('groceries', 5n)).toBe(true);
	expect(counts('refund', 5n)).toBe(true);
	expect([counts('salary', 5n), counts('tax_refund', 5n), counts('savings_transfer', -5n)]).toEqual([
		false,
		false,
		false
	]);
	expect([counts(null, -5n), counts(null, 5n)]).toEqual([true, false]);
	// What a card's account was paid gives nothing back.
	expect([counts('credit_card_payment', -5n), counts('credit_card_payment', 5n)]).toEqual([true, false]);
	const gives = (categoryId: string | null, amount: bigint) => isRefund({ categoryId, amount });
	expect([gives('groceries', 5n), gives('refund', 5n)]).toEqual([true, true]);
	expect([gives('groceries', -5n), gives('salary', 5n), gives('peer_transfer', 5n), gives(null, 5n)]).toEqual(
		Array(4).fill(false)
	);
	expect(counts('groceries', 5n, ['groceries'])).toBe(true);
	expect(counts('savings_transfer', -5n, ['savings_transfer'])).toBe(true);
	expect([counts('rent', -5n, ['groceries']), counts(null, -5n, ['groceries'])]).toEqual([false, false]);
});

test('what a budget is sent as', () => {
	const food = { name: ' Food ', currency: 'EUR', amount: 40_000, period: 'monthly' };
	expect(newBudget.parse(food)).toEqual({
		...{ name: 'Food', currency: 'EUR', amount: 40_000, period: { kind: 'monthly', day: 1 } },
		...{ categoryIds: [], thresholds: [50, 80, 100], rollOver: false, ownShare: false }
	});
	expect(newBudget.parse({ ...food, thresholds: [100, 80, 100] }).thresholds).toEqual([80, 100]);
	expect(newBudget.parse({ ...food, period: { kind: 'yearly', month: 4, day: 6 } }).period).toEqual({
		...{ kind: 'yearly', month: 4, day: 6 }
	});
	expect(periodOf({ kind: 'custom', days: 10 }, '2026-06-10')).toEqual({
		...{ kind: 'custom', days: 10, from: '2026-06-10' }
	});
	const bad = [
		...[{ amount: 0 }, { amount: 1.5 }, { amount: 10 ** 13 }, { period: 'daily' }, { thresholds: [0] }],
		...[{ categoryIds: ['x'.repeat(61)] }, { period: { kind: 'monthly', day: 32 } }, { name: ' ' }],
		...[{ groupId: '0198f3c2-0000-7000-8000-000000000000', ownShare: true }]
	];
	for (const wrong of bad) expect(newBudget.safeParse({ ...food, ...wrong }).success).toBe(false);
	// What is left out of a change is not made what it usually is.
	const id = '0198f3c2-0000-7000-8000-000000000000';
	expect(budgetUpdate.parse({ id, version: 1, name: 'Meals' })).toEqual({ id, version: 1, name: 'Meals' });
});
