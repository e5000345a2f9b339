/** Expenses as people think them up: any way to split, several payers, other currencies, refunds. */
import type { SplitInput } from '#lib/groups/split.ts';
import type { Dice } from './dice.ts';

export type Money = {
	currency: string;
	amount: number;
	payers: { memberId: string; amount: number }[];
	split: SplitInput;
	conversion: { currency: string; rate: string } | null;
};

const modes = ['equal', 'exact', 'percent', 'shares', 'adjust', 'items'] as const;
const currencies = ['EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD'] as const;

/** An expense among some of these members. */
export function someMoney(dice: Dice, members: readonly string[]): Money {
	const currency = dice.pick(currencies);
	const size = dice.number(200, dice.pick([2_000, 50_000, 9_000_000]));
	const amount = dice.chance(8) ? -size : size;
	const paying = dice.some(members, dice.chance(75) ? 1 : dice.number(2, 3));
	const paid = parted(dice, amount, paying.length);
	const sharing = dice.some(members, dice.number(1, members.length));
	const to = dice.pick(currencies);
	return {
		currency,
		amount,
		payers: paying.map((memberId, at) => ({ memberId, amount: paid[at]! })),
		split: someSplit(dice, amount, sharing),
		conversion:
			to !== currency && dice.chance(15)
				? { currency: to, rate: dice.pick(['0.9217', '1.5', '163.25']) }
				: null
	};
}

function someSplit(dice: Dice, amount: number, sharing: readonly string[]): SplitInput {
	const mode = dice.pick(modes);
	const parts = parted(dice, amount, sharing.length);
	switch (mode) {
		case 'equal':
			return dice.chance(30) ? { mode } : { mode, members: sharing.map((memberId) => ({ memberId })) };
		case 'exact':
			return { mode, members: sharing.map((memberId, at) => ({ memberId, amount: parts[at]! })) };
		case 'percent': {
			const percents = parted(dice, 1_000_000, sharing.length);
			return {
				mode,
				members: sharing.map((memberId, at) => ({ memberId, percent: percents[at]! / 10_000 }))
			};
		}
		case 'shares':
			return { mode, members: sharing.map((memberId, at) => ({ memberId, shares: at + dice.number(1, 4) })) };
		case 'adjust': {
			const most = Math.floor(Math.abs(amount) / sharing.length / 2);
			const extra = (): number => Math.sign(amount) * dice.number(-most, most);
			return { mode, members: sharing.map((memberId) => ({ memberId, amount: extra() })) };
		}
		case 'items': {
			const [tax = 0, tip = 0, ...prices] = parted(dice, amount, 2 + dice.number(1, 3));
			const items = prices.map((price, at) => ({
				name: `Item ${at + 1}`,
				amount: price,
				memberIds: dice.some(sharing, dice.number(1, sharing.length))
			}));
			return { mode, items, tax, tip };
		}
	}
}

/** A whole number in so many parts, each with its sign and none of them zero. */
function parted(dice: Dice, whole: number, count: number): number[] {
	const size = Math.abs(whole);
	const cuts = Array.from({ length: count - 1 }, () => dice.number(0, size - count)).sort((a, b) => a - b);
	return Array.from({ length: count }, (_, at) => {
		const part = 1 + (cuts[at] ?? size - count) - (cuts[at - 1] ?? 0);
		return whole < 0 ? -part : part;
	});
}
