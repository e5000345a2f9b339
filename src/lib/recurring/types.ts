/** How often a recurring payment comes. Four-weekly is 13 times a year, monthly 12. */
export type Cadence = 'weekly' | 'fortnightly' | 'fourweekly' | 'monthly' | 'quarterly' | 'yearly';

/** ISO weekday: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * The day a recurring payment falls on, before weekends and holidays move it.
 * - `weekday`: weekly, fortnightly and four-weekly.
 * - `day`: a day of the month; a shorter month takes its last day. 31 is never used: that is `last_day`.
 * - `nth_weekday`: the first to fourth (or, as -1, the last) such weekday of the month.
 * - `date`: yearly.
 */
export type Anchor =
	| { kind: 'weekday'; weekday: Weekday }
	| { kind: 'day'; day: number }
	| { kind: 'last_day' }
	| { kind: 'nth_weekday'; nth: 1 | 2 | 3 | 4 | -1; weekday: Weekday }
	| { kind: 'date'; month: number; day: number };

/** One transaction as detection sees it. `date` is `YYYY-MM-DD`; `amount` is in minor units, outflow negative. */
export type Payment = { id: string; date: string; amount: number };

/**
 * When payments are expected. `nextDate` always is a date of the schedule itself, so it also tells which of two weeks or
 * which of three months is meant.
 */
export type Schedule = { cadence: Cadence; anchor: Anchor; nextDate: string };

/** A recurring payment found in the history. Dates are `YYYY-MM-DD`, amounts signed minor units. */
export type Series = Schedule & {
	/** What the next payment is expected to be: the current price or, where the amount drifts, a recent median. */
	amount: number;
	/** True where every payment has its own amount (electricity), false for a price. */
	drifts: boolean;
	/** Least and greatest (as numbers: -15 is below -10) of the payments at the current price, or of the last year's. */
	amountMin: number;
	amountMax: number;
	firstDate: string;
	lastDate: string;
	count: number;
	/** 0 to 1; how it is made up is told at `confidenceOf`. */
	confidence: number;
	/** Ids of the payments it was found from, by date: the evidence. */
	payments: string[];
	/** The price before the last change; null where there was none, or the amount drifts. */
	previousAmount: number | null;
	/** The date of the first payment at the current price, when there was another before. */
	priceChangedOn: string | null;
	/** Expected dates that passed without a payment, between the first payment and today. */
	missed: string[];
	/** True once so many were missed in a row that another payment would be a new beginning. */
	ended: boolean;
};

/**
 * Where a recurring payment stands today: `active` (the next is some days off), `due` (from 3 days before the expected date
 * until the days that weekends and holidays can add have passed), `late` (later than that), `missed` (given up, the next
 * one is awaited), `ended`.
 */
export type State = 'active' | 'due' | 'late' | 'missed' | 'ended';

/** What `matchSeries` needs of a stored recurring payment. */
export type StoredSeries = Schedule & {
	id: string;
	amount: number;
	lastDate: string;
	/** The payments it was last found from, those that still exist. */
	paymentIds: readonly string[];
	/** The person confirmed or dismissed it, so this row is the one to keep. */
	decided: boolean;
};

/** What to do with the stored rows of a merchant after its series were found again. */
export type Matching = {
	/** Every found series once: the row to update, or null for a new one. */
	pairs: { found: Series; storedId: string | null }[];
	/** Rows that turned out to be part of another row's series: fold `id` into `into`. */
	superseded: { id: string; into: string }[];
	/** Rows whose series was not found again. */
	gone: string[];
};
