import type { Transfer } from './debts.ts';

/**
 * The shortest way from one member to another along debts: who owes whom who owes whom. It is what a simplified debt stands for
 * when the two do not owe each other directly. Empty when there is none.
 */
export function pathOf(debts: readonly Transfer[], from: string, to: string): Transfer[] {
	const cameBy = new Map<string, Transfer>();
	const line = [from];
	for (const at of line) {
		if (at === to) break;
		for (const debt of debts) {
			if (debt.from !== at || debt.to === from || cameBy.has(debt.to)) continue;
			cameBy.set(debt.to, debt);
			line.push(debt.to);
		}
	}
	const path: Transfer[] = [];
	for (let debt = cameBy.get(to); debt; debt = cameBy.get(debt.from)) path.unshift(debt);
	return path;
}
