/** How well a column of running balances agrees with a column of amounts. */
export type BalanceProof = {
	/** Steps from one known balance to the next that could be checked. */
	steps: number;
	/** Share of them that agree, 0 to 1. */
	share: number;
	/** 1: the balance grows by the amount; -1: it shrinks by it. */
	flip: 1 | -1;
	/** False when the other way fits as well, as it does in a row of equal amounts. */
	flipSure: boolean;
};

/**
 * Checks amounts against running balances (both in minor units, null where the cell is empty), oldest or newest row
 * first. Rows without a balance add up until the next one. The better of the four readings is returned.
 */
export function proveByBalance(amounts: (number | null)[], balances: (number | null)[]): BalanceProof {
	let best: BalanceProof = { steps: 0, share: 0, flip: 1, flipSure: false };
	for (const newestFirst of [false, true]) {
		for (const flip of [1, -1] as const) {
			const { steps, agreeing } = count(amounts, balances, newestFirst, flip);
			const share = steps === 0 ? 0 : agreeing / steps;
			if (share > best.share) best = { steps, share, flip, flipSure: true };
			else if (share === best.share && flip !== best.flip) best.flipSure = false;
		}
	}
	return best;
}

function count(amounts: (number | null)[], balances: (number | null)[], newestFirst: boolean, flip: 1 | -1) {
	let steps = 0;
	let agreeing = 0;
	let before: number | null = null;
	let moved = 0;
	for (let i = 0; i < amounts.length; i++) {
		const amount = amounts[i] ?? 0;
		const balance = balances[i] ?? null;
		// Newest first, a row's own amount lies between its balance and that of the row below.
		if (!newestFirst) moved += amount;
		if (balance !== null) {
			if (before !== null && moved !== 0) {
				steps++;
				if (balance - before === (newestFirst ? -moved : moved) * flip) agreeing++;
			}
			before = balance;
			moved = 0;
		}
		if (newestFirst) moved += amount;
	}
	return { steps, agreeing };
}

/** Enough agreement to take the reading as proven. */
export function isProof(proof: BalanceProof): boolean {
	return proof.steps >= 1 && proof.share >= (proof.steps >= 4 ? 0.8 : 1);
}
