/** What the rows of an export come to, by currency and category, by the rule of the screen. */
import { cardPayment, isSpending } from '#lib/budgets/spending.ts';
import { exactly } from '#lib/money.ts';
import type { CategoryName, Cell, Document } from './document.ts';

/**
 * What an amount counts as. `moved`: it stayed the person's own, between their accounts or as a card's bill that arrives on the
 * card's account.
 */
export function flowOf(categoryId: string | null, group: string | undefined, amount: bigint): Flow {
	if (group === 'transfers' || (categoryId === cardPayment && amount >= 0n)) return 'moved';
	return isSpending({ categoryId, group: group ?? null, amount }, []) ? 'spent' : 'earned';
}

export type Flow = 'spent' | 'earned' | 'moved';

/** Minor units; what was spent is negative, less what was given back of it. */
export type Sum = Record<Flow, number> & { count: number };
type Adding = Record<Flow, bigint> & { count: number };

export type CurrencySums = {
	currency: string;
	total: Sum;
	/** Those spent most on first. `id`: null for what has no category yet. */
	categories: ({ id: string | null } & Sum)[];
};

export class Sums {
	readonly #categories: Readonly<Record<string, CategoryName>>;
	readonly #byCurrency = new Map<string, Map<string, Adding>>();

	constructor(categories: Readonly<Record<string, CategoryName>>) {
		this.#categories = categories;
	}

	#add(categoryId: string | null, currency: string, amount: number): void {
		let byCategory = this.#byCurrency.get(currency);
		if (!byCategory) this.#byCurrency.set(currency, (byCategory = new Map()));
		const key = categoryId ?? '';
		let sum = byCategory.get(key);
		if (!sum) byCategory.set(key, (sum = nothing()));
		const exact = BigInt(amount);
		sum[flowOf(categoryId, this.#categories[key]?.group, exact)] += exact;
		sum.count++;
	}

	addRows(rows: readonly Cell[][], { category, currency, amount }: NonNullable<Document['sums']>): void {
		for (const row of rows)
			this.#add(row[category] as string | null, String(row[currency]), Number(row[amount]));
	}

	/** The currency with the most rows first. */
	get list(): CurrencySums[] {
		return [...this.#byCurrency]
			.map(([currency, byCategory]) => ({
				currency,
				total: finished([...byCategory.values()].reduce(plus, nothing())),
				categories: [...byCategory]
					.map(([id, sum]) => ({ id: id || null, ...finished(sum) }))
					.sort((one, other) => one.spent - other.spent || other.earned - one.earned)
			}))
			.sort((one, other) => other.total.count - one.total.count);
	}
}

const nothing = (): Adding => ({ spent: 0n, earned: 0n, moved: 0n, count: 0 });

const plus = (one: Adding, other: Adding): Adding => ({
	spent: one.spent + other.spent,
	earned: one.earned + other.earned,
	moved: one.moved + other.moved,
	count: one.count + other.count
});

const finished = ({ spent, earned, moved, count }: Adding): Sum => ({
	spent: exactly(spent),
	earned: exactly(earned),
	moved: exactly(moved),
	count
});
