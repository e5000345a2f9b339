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
 * Deals `amount` out in proportion to the weights by the largest remainder (Hamilton's method): each gets the exact part
 * rounded down, and the units left over go one each to those whose part was cut most. Whose parts were cut alike take turns:
 * `seed` (an expense's id) decides, so the odd unit moves from expense to expense, and neither the order of the people nor
 * saving again changes who has it. Negative amounts round down too, so what is left over is never negative.
 * The weights must have a sum above zero.
 */
export function apportion(amount: bigint, claims: readonly Claim[], seed: string): Part[] {
	const total = claims.reduce((sum, { weight }) => sum + weight, 0n);
	if (total <= 0n) throw new RangeError('the weights have no sum above zero');
	const parts = claims.map(({ memberId, weight }) => {
		const product = amount * weight;
		const part = floorDivide(product, total);
		return { memberId, weight, amount: part, cut: product - part * total, turn: turnOf(seed, memberId) };
	});
	let left = amount - parts.reduce((sum, part) => sum + part.amount, 0n);
	const inLine = parts
		.filter(({ weight }) => weight !== 0n)
		.sort((a, b) => compare(b.cut, a.cut) || a.turn - b.turn || compare(a.memberId, b.memberId));
	const odd = new Set<string>();
	for (const { memberId } of inLine) {
		if (left === 0n) break;
		odd.add(memberId);
		left -= 1n;
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

/** A number for whose turn it is, as good as drawn by lot: FNV-1a of both ids, stirred so that near ids lie far apart. */
function turnOf(seed: string, memberId: string): number {
	let hash = 0x811c9dc5;
	const text = `${seed} ${memberId}`;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
