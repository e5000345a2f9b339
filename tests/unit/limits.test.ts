import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forgottenAt, giveBack, rules, take, type Rule, type Tries } from '#server/limits/rules.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

const windowRule = fc.record({
	kind: fc.constant('window' as const),
	most: fc.integer({ min: 1, max: 8 }),
	within: fc.integer({ min: 1, max: 1000 })
});
const bucketRule = fc.record({
	kind: fc.constant('bucket' as const),
	most: fc.integer({ min: 1, max: 8 }),
	every: fc.integer({ min: 1, max: 200 })
});
/** Times that only go forward, often several at the same moment. */
const times = fc
	.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 1500 })), {
		maxLength: 60
	})
	.map((gaps) => {
		let now = start;
		return gaps.map((gap) => (now += gap));
	});

/** The times at which tries were let through. */
function accepted(rule: Rule, at: readonly number[]): number[] {
	let tries: Tries = [];
	return at.filter((now) => {
		const taken = take(rule, tries, now);
		tries = taken.tries;
		return taken.ok;
	});
}

const runs = { numRuns: 2000 };

test('no stretch of a window’s length ever has more tries than it may', () => {
	fc.assert(
		fc.property(windowRule, times, (rule, at) => {
			const through = accepted(rule, at);
			for (const from of through) {
				const within = through.filter((time) => time >= from && time < from + rule.within);
				expect(within.length).toBeLessThanOrEqual(rule.most);
			}
		}),
		runs
	);
});

test('a bucket lets through what it holds, and over any stretch no more than drips into it on top', () => {
	fc.assert(
		fc.property(bucketRule, times, (rule, at) => {
			const through = accepted(rule, at);
			through.forEach((from, first) => {
				through.slice(first).forEach((to, more) => {
					expect(more + 1).toBeLessThanOrEqual(rule.most + (to - from) / rule.every);
				});
			});
		}),
		runs
	);
});

test('a try is refused only when there were too many, and let through after the time that the refusal names', () => {
	fc.assert(
		fc.property(fc.oneof(windowRule, bucketRule), times, (rule, at) => {
			let tries: Tries = [];
			for (const now of at) {
				const taken = take(rule, tries, now);
				tries = taken.tries;
				if (taken.ok) continue;
				expect(taken.retryAfterMs).toBeGreaterThan(0);
				expect(take(rule, tries, now + taken.retryAfterMs).ok).toBe(true);
				expect(take(rule, tries, now + taken.retryAfterMs - 1).ok).toBe(false);
			}
			// Nobody is refused who comes for the first time in a long while.
			expect(take(rule, tries, forgottenAt(rule, tries)).ok).toBe(true);
		}),
		runs
	);
});

test('what is forgotten says nothing any more: without it everything goes on the same', () => {
	fc.assert(
		fc.property(fc.oneof(windowRule, bucketRule), times, times, (rule, before, after) => {
			let tries: Tries = [];
			for (const now of before) tries = take(rule, tries, now).tries;
			const end = forgottenAt(rule, tries);
			let [kept, fresh]: [Tries, Tries] = [tries, []];
			for (const now of after.map((time) => time - start + Math.max(end, start))) {
				const [a, b] = [take(rule, kept, now), take(rule, fresh, now)];
				expect(a.ok).toBe(b.ok);
				[kept, fresh] = [a.tries, b.tries];
			}
		}),
		runs
	);
});

test('right tries, given back, neither count nor make room: the wrong ones are limited as if they were alone', () => {
	const steps = times.chain((at) =>
		fc.tuple(...at.map((now) => fc.record({ now: fc.constant(now), right: fc.boolean() })))
	);
	fc.assert(
		fc.property(fc.oneof(windowRule, bucketRule), steps, (rule, tried) => {
			let tries: Tries = [];
			const through = tried.filter(({ now, right }) => {
				const taken = take(rule, tries, now);
				tries = taken.ok && right ? giveBack(rule, taken.tries) : taken.tries;
				return taken.ok && !right;
			});
			const alone = accepted(
				rule,
				tried.filter(({ right }) => !right).map(({ now }) => now)
			);
			expect(through.map(({ now }) => now)).toEqual(alone);
		}),
		runs
	);
});

test('however takings and givings-back lie across each other, no more are out than may be', () => {
	fc.assert(
		fc.property(windowRule, fc.array(fc.boolean(), { maxLength: 80 }), (rule, giving) => {
			let tries: Tries = [];
			let out = 0;
			for (const give of giving) {
				if (give && out > 0) {
					tries = giveBack(rule, tries);
					out--;
				} else if (!give) {
					const taken = take(rule, tries, start);
					tries = taken.tries;
					if (taken.ok) out++;
				}
				expect(out).toBe(tries.length);
				expect(out).toBeLessThanOrEqual(rule.most);
			}
		}),
		runs
	);
});

test('the numbers are the ones that are promised', () => {
	const minute = 60_000;
	expect(rules).toMatchObject({
		signInAddress: { kind: 'bucket', most: 10, every: minute },
		signInAccount: { kind: 'window', most: 5, within: 15 * minute },
		secondFactor: { kind: 'window', most: 5, within: 15 * minute },
		mailLink: { kind: 'window', most: 3, within: 60 * minute },
		signUp: { kind: 'window', most: 5, within: 60 * minute },
		upload: { kind: 'window', most: 20, within: 60 * minute },
		export: { kind: 'window', most: 30, within: 60 * minute },
		call: { kind: 'bucket', most: 600, every: 100 }
	});
});
