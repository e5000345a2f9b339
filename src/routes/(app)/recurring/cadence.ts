/** When a recurring payment comes, in words. */
import { formatDate, formatWeekday } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Anchor, Cadence } from '#lib/recurring/types.ts';

type NthWeekday = Extract<Anchor, { kind: 'nth_weekday' }>;

const nthTexts: Record<NthWeekday['nth'], () => string> = {
	1: m.recurring_first,
	2: m.recurring_second,
	3: m.recurring_third,
	4: m.recurring_fourth,
	[-1]: m.recurring_last
};

/** "monthly on the 3rd", "every four weeks on Friday", "on the last day of the month". */
export function cadenceText(cadence: Cadence, anchor: Anchor): string {
	switch (anchor.kind) {
		case 'weekday':
			return weeksText(cadence, formatWeekday(anchor.weekday));
		case 'day': {
			const { day } = anchor;
			return cadence === 'quarterly' ? m.recurring_quarterly_day({ day }) : m.recurring_monthly_day({ day });
		}
		case 'last_day':
			return cadence === 'quarterly' ? m.recurring_quarterly_last_day() : m.recurring_monthly_last_day();
		case 'nth_weekday': {
			const inputs = { nth: nthTexts[anchor.nth](), weekday: formatWeekday(anchor.weekday) };
			return cadence === 'quarterly' ? m.recurring_quarterly_nth(inputs) : m.recurring_monthly_nth(inputs);
		}
		case 'date': {
			// A leap year, so that 29 February has a name too.
			const pad = (value: number) => String(value).padStart(2, '0');
			const date = `2024-${pad(anchor.month)}-${pad(anchor.day)}`;
			return m.recurring_yearly({ date: formatDate(date, { style: 'day' }) });
		}
	}
}

function weeksText(cadence: Cadence, weekday: string): string {
	if (cadence === 'fortnightly') return m.recurring_fortnightly({ weekday });
	return cadence === 'fourweekly' ? m.recurring_fourweekly({ weekday }) : m.recurring_weekly({ weekday });
}
