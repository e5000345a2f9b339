/** Chance that can be repeated: the same seed throws the same dice. */

export type Dice = {
	/** From 0 up to, and without, 1. */
	share: () => number;
	/** A whole number from `from` to `to`, both included. */
	number: (from: number, to: number) => number;
	/** True so many times in a hundred. */
	chance: (percent: number) => boolean;
	/** One of a list that is not empty. */
	pick: <T>(list: readonly T[]) => T;
	/** `count` of a list, or all of it, in any order. */
	some: <T>(list: readonly T[], count: number) => T[];
	/** One of the keys, as often as its weight says. */
	weighted: <K extends string>(weights: Record<K, number>) => K;
	uuid: () => string;
};

export function diceOf(seed: number): Dice {
	// mulberry32; the first numbers of seeds next to each other are alike, so one is thrown away
	let state = Math.imul(seed + 1, 0x9e3779b1);
	const share = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	share();
	const number: Dice['number'] = (from, to) => from + Math.floor(share() * (to - from + 1));
	const hex = (): string => number(0, 0xffff).toString(16).padStart(4, '0');
	return {
		share,
		number,
		chance: (percent) => share() * 100 < percent,
		pick: (list) => list[number(0, list.length - 1)]!,
		some: (list, count) => {
			const rest = [...list];
			return Array.from(
				{ length: Math.min(count, rest.length) },
				() => rest.splice(number(0, rest.length - 1), 1)[0]!
			);
		},
		weighted: (weights) => {
			const entries = Object.entries(weights) as [keyof typeof weights, number][];
			let at = share() * entries.reduce((sum, [, weight]) => sum + weight, 0);
			return (entries.find(([, weight]) => (at -= weight) < 0) ?? entries[0]!)[0];
		},
		uuid: () => `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}`
	};
}
