import { exactly } from '#lib/money.ts';

type Balances = { balances: readonly { currency: string; amount: number }[] };

/** A list with what is in one currency first; the rest stays in its order. */
export const currencyFirst = <T extends { currency: string }>(currency: string, list: readonly T[]): T[] => [
	...list.filter((one) => one.currency === currency),
	...list.filter((one) => one.currency !== currency)
];

/** What several balances come to, by currency (minor units); currencies that even out are left out. */
export function totalsOf(list: readonly Balances[]): { currency: string; amount: number }[] {
	const totals = new Map<string, number>();
	for (const { currency, amount } of list.flatMap(({ balances }) => balances)) {
		totals.set(currency, exactly((totals.get(currency) ?? 0) + amount));
	}
	return [...totals]
		.map(([currency, amount]) => ({ currency, amount }))
		.filter(({ amount }) => amount !== 0)
		.sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
