/** Dealing out a whole number of minor units, so that nothing is left over and nothing is made up. */

/** A claim on a part of an amount: `weight / sum of weights` of it. */
export type Claim = { memberId: string; weight: bigint };

export type Part = {
	memberId: string;
	/** In minor units. */
	amount: bigint;
	/** True when the leftover gave this one a unit more than the exact part rounded down. */
	odd: boolean;
};

/**
 * What decides whose turn an odd unit is: the how manieth expense of its group one is, from 0, or the id of an expense from
 * before they were counted.
 */
export type Seed = number | string;

/** The seed of an expense. It keeps it for good, so that opening and saving changes nothing. */
export const seedOf = ({ id, turn }: { id: string; turn: number | null }): Seed => turn ?? id;

/**
 * Deals `amount` out in proportion to the weights by the largest remainder (Hamilton's method): each gets the exact part
 * rounded down, and the units left over go one each to those whose part was cut most. Whose parts were cut alike take turns:
 * they stand in a ring, and each expense goes on where the one before it, with as many units left over, ended. So after any
 * number of such expenses nobody has had more than one unit more than another, and neither the order of the people nor saving
 * again changes who has it. Negative amounts round down too, so what is left over is never negative.
 * The weights must have a sum above zero.
 */
export function apportion(amount: bigint, claims: readonly Claim[], seed: Seed): Part[] {
	const total = claims.reduce((sum, { weight }) => sum + weight, 0n);
	if (total <= 0n) throw new RangeError('the weights have no sum above zero');
	const parts = claims.map(({ memberId, weight }) => {
		const product = amount * weight;
		const part = floorDivide(product, total);
		return { memberId, weight, amount: part, cut: product - part * total };
	});
	let left = amount - parts.reduce((sum, part) => sum + part.amount, 0n);
	const inLine = parts
		.filter(({ weight }) => weight !== 0n)
		.sort((a, b) => compare(b.cut, a.cut) || compare(a.memberId, b.memberId));
	const odd = new Set<string>();
	for (let at = 0; left > 0n;) {
		const alike = inLine.filter(({ cut }) => cut === inLine[at]!.cut).map(({ memberId }) => memberId);
		const units = left < alike.length ? Number(left) : alike.length;
		for (const memberId of whoseTurn(alike, units, seed)) odd.add(memberId);
		left -= BigInt(units);
		at += alike.length;
	}
	return parts.map(({ memberId, amount: part }) => ({
		memberId,
		amount: odd.has(memberId) ? part + 1n : part,
		odd: odd.has(memberId)
	}));
}

function floorDivide(a: bigint, b: bigint): bigint {
	const quotient = a / b;
	return a % b < 0n ? quotient - 1n : quotient;
}

const compare = <T extends bigint | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who of some, in the order of their ids, gets one of `units`, of which there are not more than people. */
function whoseTurn(memberIds: readonly string[], units: number, seed: Seed): string[] {
	const count = memberIds.length;
	if (typeof seed === 'number') {
		const first = ((seed % count) * units) % count;
		return Array.from({ length: units }, (_, n) => memberIds[(first + n) % count]!);
	}
	const lots = memberIds.map((memberId) => ({ memberId, lot: lotOf(seed, memberId) }));
	const drawn = lots.sort((a, b) => a.lot - b.lot || compare(a.memberId, b.memberId));
	return drawn.slice(0, units).map(({ memberId }) => memberId);
}

/** A number as good as drawn by lot: FNV-1a of both ids, stirred so that near ids lie far apart. */
function lotOf(seed: string, memberId: string): number {
	let hash = 0x811c9dc5;
	const text = `${seed} ${memberId}`;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
