/** When an expense that comes again is due. */
import { addDays, addMonths } from '#lib/dates.ts';

export const cadences = ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'] as const;
export type Cadence = (typeof cadences)[number];

const steps: Record<Cadence, { days: number } | { months: number }> = {
	weekly: { days: 7 },
	fortnightly: { days: 14 },
	monthly: { months: 1 },
	quarterly: { months: 3 },
	yearly: { months: 12 }
};

/** The date of the nth time, the first one being 0. Counted from the first: after a short month the 31st comes back. */
export function occurrence(firstDate: string, cadence: Cadence, n: number): string {
	const step = steps[cadence];
	return 'days' in step ? addDays(firstDate, n * step.days) : addMonths(firstDate, n * step.months);
}

/** The first date of the series that is later than `date`. */
export function nextAfter(firstDate: string, cadence: Cadence, date: string): string {
	// Dates go up with n: double until one is later, then halve the gap.
	let high = 1;
	while (occurrence(firstDate, cadence, high) <= date) high *= 2;
	let low = 0;
	if (firstDate > date) return firstDate;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (occurrence(firstDate, cadence, middle) <= date) low = middle;
		else high = middle;
	}
	return occurrence(firstDate, cadence, high);
}

/**
 * The earliest date whose expense a schedule that is set up today still makes: what it makes up for comes all at once, so that is
 * a year at most.
 */
export const earliestDue = (today: string): string => addMonths(today, -12);
