import { cadences, type Cadence } from '#lib/groups/schedule.ts';
import { m } from '#lib/paraglide/messages.js';

const names: Record<Cadence, () => string> = {
	weekly: m.expenses_weekly,
	fortnightly: m.expenses_fortnightly,
	monthly: m.expenses_monthly,
	quarterly: m.expenses_quarterly,
	yearly: m.expenses_yearly
};

/** How often something comes again, in words: "every month". */
export const cadenceText = (cadence: Cadence): string => names[cadence]();

export const cadenceOptions = (): { value: Cadence; label: string }[] =>
	cadences.map((value) => ({ value, label: names[value]() }));
