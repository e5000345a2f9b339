/**
 * Civil dates: `YYYY-MM-DD` text outside, whole day numbers (0 is 1970-01-01) inside. No clock and no time zone: where
 * "today" matters, the caller passes it in.
 *
 * Written by hand rather than on @internationalized/date because detection does millions of steps over day numbers, where
 * an object per date would cost more than the arithmetic. Formulas: Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms" (proleptic Gregorian calendar).
 */

/** A year, a month (1 to 12) and a day of the month (1 to 31). */
export type Civil = { year: number; month: number; day: number };

/** The day number of a year, month and day. */
export function dayOf(year: number, month: number, day: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146097 + dayOfEra - 719468;
}

/** The year, month and day of a day number. */
export function civilOf(day: number): Civil {
	const z = day + 719468;
	const era = Math.floor(z / 146097);
	const dayOfEra = z - era * 146097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
			365
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
	const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
	};
}

/** The day number of a `YYYY-MM-DD` text. The text must be a real date: this does not check it. */
export function toDay(date: string): number {
	return dayOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The `YYYY-MM-DD` text of a day number. */
export function fromDay(day: number): string {
	const { year, month, day: dayOfMonth } = civilOf(day);
	return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

/** How many days a month has, 28 to 31. */
export function lastDayOfMonth(year: number, month: number): number {
	if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The ISO weekday of a day number: Monday is 1, Sunday is 7. */
export function weekdayOf(day: number): number {
	return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The ISO weekday of a date: Monday is 1, Sunday is 7. */
export function weekday(date: string): number {
	return weekdayOf(toDay(date));
}

/** The date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
	return fromDay(toDay(date) + days);
}

/** The same day `months` later (earlier when negative), or the month's last day where it has no such day. */
export function addMonths(date: string, months: number): string {
	const { year, month, day } = civilOf(toDay(date));
	const index = year * 12 + month - 1 + months;
	const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
	return fromDay(dayOf(y, m, Math.min(day, lastDayOfMonth(y, m))));
}

/** Days from one date to another; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
	return toDay(to) - toDay(from);
}

/** Orders dates for `sort`: negative, zero or positive. ISO text sorts as the calendar does. */
export function compareDates(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function pad(value: number, width: number): string {
	return String(value).padStart(width, '0');
}
