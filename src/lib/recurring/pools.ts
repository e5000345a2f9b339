/** Payments whose amounts could belong together, by date: indexes into the merchant's payments. */
export type Pool = {
	members: number[];
	/** All of one amount. */
	isExact: boolean;
};

/** Amounts that drift by a few per cent (foreign currency) fall into one of two overlapping bands this wide. */
const band = Math.log(1.05);
/** A ratio this great between neighbouring amounts separates two drifting series. */
const gulf = 1.4;

/**
 * Everything worth looking for a rhythm in: all payments, those between wide gaps in amount, those of nearly the same
 * amount, and those of exactly the same amount. Each payment is in at most five pools.
 *
 * `amounts` are minor units of one sign, by date; `free` are the indexes that no series has claimed.
 */
export function poolsOf(amounts: readonly number[], free: readonly number[]): Pool[] {
	const exact = new Map<number, number[]>();
	const bands = new Map<number, number[]>();
	for (const i of free) {
		add(exact, amounts[i]!, i);
		const place = Math.log(Math.abs(amounts[i]!)) / band;
		add(bands, Math.floor(place) * 2, i);
		add(bands, Math.floor(place + 0.5) * 2 + 1, i);
	}
	const pools: Pool[] = [{ members: [...free], isExact: false }];
	for (const members of clusters(amounts, free)) pools.push({ members, isExact: false });
	for (const members of exact.values()) pools.push({ members, isExact: true });
	for (const members of bands.values()) {
		const isMixed = members.some((i) => amounts[i] !== amounts[members[0]!]);
		if (isMixed) pools.push({ members, isExact: false });
	}
	return pools.filter(({ members }) => members.length > 1);
}

function add(map: Map<number, number[]>, key: number, index: number): void {
	const members = map.get(key);
	if (members) members.push(index);
	else map.set(key, [index]);
}

function clusters(amounts: readonly number[], free: readonly number[]): number[][] {
	const byAmount = [...free].sort((a, b) => Math.abs(amounts[a]!) - Math.abs(amounts[b]!));
	const found: number[][] = [];
	let start = 0;
	for (let k = 1; k <= byAmount.length; k++) {
		const isEnd = k === byAmount.length || amounts[byAmount[k]!]! / amounts[byAmount[k - 1]!]! > gulf;
		if (!isEnd) continue;
		if (k - start < free.length) found.push(byAmount.slice(start, k).sort((a, b) => a - b));
		start = k;
	}
	return found;
}
