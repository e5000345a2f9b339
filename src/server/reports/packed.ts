import type { Sum, Sums } from '#lib/reports/sums.ts';

/** A month as it is kept: the texts once each, and of each sum the places of its texts there, its sign, amount and count. */
type Packed = { texts: (string | null)[]; sums: number[] };
const width = 7;

/** The sums of one month as a text. */
export function pack(sums: readonly Sum[]): string {
	const places = new Map<string | null, number>();
	const placeOf = (text: string | null): number => {
		const known = places.get(text);
		if (known !== undefined) return known;
		places.set(text, places.size);
		return places.size - 1;
	};
	const numbers = sums.flatMap(({ accountId, currency, categoryId, merchantKey, sign, amount, count }) => [
		...[accountId, currency, categoryId, merchantKey].map(placeOf),
		...[sign, amount, count]
	]);
	return JSON.stringify({ texts: [...places.keys()], sums: numbers } satisfies Packed);
}

/** Goes through the sums of a month. */
export const unpacked =
	(month: string, packed: string): Sums =>
	(visit) => {
		const { texts, sums } = JSON.parse(packed) as Packed;
		const sum: Sum = {
			...{ month, accountId: '', currency: '', categoryId: null, merchantKey: null },
			...{ sign: 0, amount: 0, count: 0 }
		};
		for (let at = 0; at < sums.length; at += width) {
			sum.accountId = texts[sums[at]!]!;
			sum.currency = texts[sums[at + 1]!]!;
			sum.categoryId = texts[sums[at + 2]!] ?? null;
			sum.merchantKey = texts[sums[at + 3]!] ?? null;
			sum.sign = sums[at + 4]!;
			sum.amount = sums[at + 5]!;
			sum.count = sums[at + 6]!;
			visit(sum);
		}
	};
