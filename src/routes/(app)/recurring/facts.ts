/** What is known of a recurring payment, in short sentences. */
import { formatAmount, formatDate, formatDaysFrom, formatPercent } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outputs } from '#lib/trpc.ts';

export type Recurring = Outputs['recurring']['list'][number];

/** When the next one is awaited, or what has become of it. */
export function stateText({ state, nextDate, lastDate }: Recurring, today: string): string {
	const date = formatDate(nextDate);
	switch (state) {
		case 'ended':
			return m.recurring_state_ended({ date: formatDate(lastDate) });
		case 'late':
			return m.recurring_state_late({ date });
		default:
			return m.recurring_state_next({ date, when: formatDaysFrom(today, nextDate) });
	}
}

/** How sure it is, for those nobody has decided about. */
export function confidenceText(confidence: number): string {
	const percent = formatPercent(confidence);
	if (confidence >= 0.85) return m.recurring_confidence_sure({ percent });
	return confidence >= 0.7
		? m.recurring_confidence_likely({ percent })
		: m.recurring_confidence_perhaps({ percent });
}

const missedShown = 3;

/** The rest worth saying: a changed price, a drifting amount, dates that passed without it. */
export function factsOf(recurring: Recurring): string[] {
	const { amountMin, amountMax, previousAmount, priceChangedOn, currency, missed } = recurring;
	const plain = (amount: number) => formatAmount(Math.abs(amount), currency);
	const [least, most] = [amountMin, amountMax].map(Math.abs).sort((a, b) => a - b) as [number, number];
	return [
		previousAmount !== null &&
			priceChangedOn !== null &&
			m.recurring_was({ amount: plain(previousAmount), date: formatDate(priceChangedOn) }),
		least !== most && m.recurring_between({ least: plain(least), most: plain(most) }),
		missed.length > 0 &&
			m.recurring_missed({
				dates: missed
					.slice(-missedShown)
					.map((date) => formatDate(date))
					.join(', ')
			})
	].filter((fact) => fact !== false);
}
