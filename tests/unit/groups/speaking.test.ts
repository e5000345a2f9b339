import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maySettle, speaksFor, type Side } from '#lib/groups/speaking.ts';

const someone = (memberId: string, more: Partial<Side> = {}): Side => ({
	...{ memberId, hasAccount: true, removed: false },
	...more
});
const [ana, ben] = [someone('ana'), someone('ben')];
const cleo = someone('cleo', { hasAccount: false });
const former = someone('former', { removed: true });
const third = 'dora';

test.each([
	// who, for whom, and the other side
	['ana', ana, ben, true],
	['ana', ben, ana, false],
	[third, ana, ben, false],
	['ana', cleo, ana, true],
	['ana', former, ana, true],
	[third, cleo, ana, false],
	[third, former, ana, false],
	[third, cleo, former, true],
	[third, former, cleo, true],
	[third, ana, cleo, false]
])('%s may speak for one side of a payment', (me, side, other, may) => {
	expect(speaksFor(me, side, other)).toBe(may);
});

const sides = fc.record({
	memberId: fc.constantFrom('ana', 'ben', 'cleo'),
	hasAccount: fc.boolean(),
	removed: fc.boolean()
});

test('for each side there is somebody who may speak, and it is a third person only where neither can', () => {
	fc.assert(
		fc.property(sides, sides, (one, other) => {
			fc.pre(one.memberId !== other.memberId);
			const isPresent = ({ hasAccount, removed }: Side): boolean => hasAccount && !removed;
			const nobody = !isPresent(one) && !isPresent(other);
			expect(speaksFor(third, one, other)).toBe(nobody);
			expect(maySettle(third, one, other)).toBe(nobody);
			expect(maySettle(third, other, one)).toBe(nobody);
			for (const me of [one, other]) expect(maySettle(me.memberId, one, other)).toBe(true);
			const speakers = [one, other].filter(isPresent).map(({ memberId }) => memberId);
			const mouths = speakers.length > 0 ? speakers : [third];
			expect(mouths.some((me) => speaksFor(me, one, other))).toBe(true);
			expect(mouths.some((me) => speaksFor(me, other, one))).toBe(true);
		})
	);
});
