/** Who is named in an expense. */
import type { Payer } from './parts.ts';
import type { Split, SplitInput } from './split.ts';

/** The members with a share in a split, each once. */
export const sharers = (split: Split | SplitInput): string[] => {
	if (split.mode === 'items') return [...new Set(split.items.flatMap(({ memberIds }) => memberIds))];
	return [...new Set((split.members ?? []).map(({ memberId }) => memberId))];
};

/** The members who paid or have a share, each once. */
export const involved = (payers: readonly Payer[], split: Split | SplitInput): string[] => [
	...new Set([...payers.map(({ memberId }) => memberId), ...sharers(split)])
];

/** The same with the order of people taken out of it, which means nothing: for telling whether something was changed. */
export const inOrder = {
	payers: (payers: readonly Payer[]): Payer[] =>
		[...payers].sort(byMember).map(({ memberId, amount }) => ({ memberId, amount })),
	split: (split: Split): Split => {
		if (split.mode === 'items') {
			const items = split.items.map((item) => ({ ...item, memberIds: [...item.memberIds].sort() }));
			return { ...split, items };
		}
		// The members of one mode have one shape; the compiler cannot follow that through a union of arrays.
		return { ...split, members: [...split.members].sort(byMember) } as Split;
	}
};

const byMember = (a: { memberId: string }, b: { memberId: string }): number =>
	a.memberId < b.memberId ? -1 : a.memberId > b.memberId ? 1 : 0;
