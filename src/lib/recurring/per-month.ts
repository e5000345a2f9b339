import { rhythms } from './schedule.ts';
import type { Cadence } from './types.ts';

const daysInYear = 365.25;
const daysInMonth = daysInYear / 12;

/** What an amount that comes back at a cadence makes in a month on average, in minor units, rounded. */
export function perMonth(amount: number, cadence: Cadence): number {
	const { months, period } = rhythms[cadence];
	return Math.round(months > 0 ? amount / months : (amount * daysInMonth) / period);
}

/** The same in a year. */
export function perYear(amount: number, cadence: Cadence): number {
	const { months, period } = rhythms[cadence];
	return Math.round(months > 0 ? (amount * 12) / months : (amount * daysInYear) / period);
}

/** Per currency what goes out (negative) and comes in over a month, the currency of the most payments first. */
export function monthlyTotals(
	payments: readonly { amount: number; currency: string; cadence: Cadence }[]
): { currency: string; out: number; in: number }[] {
	const groups = [...Map.groupBy(payments, ({ currency }) => currency)].sort(
		(a, b) => b[1].length - a[1].length
	);
	return groups.map(([currency, some]) => {
		const amounts = some.map(({ amount, cadence }) => perMonth(amount, cadence));
		const sum = (passes: (amount: number) => boolean) =>
			amounts.filter(passes).reduce((total, amount) => total + amount, 0);
		return { currency, out: sum((amount) => amount < 0), in: sum((amount) => amount > 0) };
	});
}
