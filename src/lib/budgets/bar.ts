/** Where things lie on a budget's bar: shares of its width, 0 to 1. */

export type Bar = {
	/** The end of what is spent, and of what will be. */
	spent: number;
	forecast: number;
	/** Where the budget ends; 1 unless more is, or will be, spent. */
	limit: number;
	/** Where spending would be today if it went evenly; null where there was nothing to spend. */
	today: number | null;
	ticks: { threshold: number; at: number }[];
};

type Facts = {
	/** Minor units. */
	spent: number;
	limit: number;
	forecast: number;
	/** In percent of the limit. */
	thresholds: readonly number[];
	/** How much of the period is over, 0 to 1. */
	elapsed: number;
};

/** How far a forecast can stretch the bar: the first days of a month foresee absurd sums. */
const forecastStretch = 1.25;

/** From here on a budget is nearly used up, whatever its forecast: in percent. */
const nearlyUsed = 90;

/** `over`: more is spent than may be. `tight`: that is close, or where it is going. */
export function toneOf({
	spent,
	limit,
	forecast
}: Pick<Facts, 'spent' | 'limit' | 'forecast'>): 'fine' | 'tight' | 'over' {
	if (spent > limit) return 'over';
	return forecast > limit || spent * 100 >= limit * nearlyUsed ? 'tight' : 'fine';
}

/** Of what was used up before anything is spent, the bar is full: it has no length to be divided. */
export function barOf({ spent, limit, forecast, thresholds, elapsed }: Facts): Bar {
	if (limit <= 0) {
		const full = (amount: number): number => (amount < limit ? 0 : 1);
		return {
			spent: full(spent),
			forecast: full(Math.max(forecast, spent)),
			limit: 1,
			today: null,
			ticks: []
		};
	}
	const scale = Math.max(limit, spent, Math.min(forecast, limit * forecastStretch));
	const share = (amount: number): number => Math.min(1, Math.max(0, amount / scale));
	return {
		spent: share(spent),
		forecast: share(Math.max(forecast, spent)),
		limit: share(limit),
		today: share(limit * elapsed),
		ticks: thresholds
			.map((threshold) => ({ threshold, at: (limit * threshold) / 100 / scale }))
			.filter(({ at }) => at > 0 && at <= 1)
	};
}
