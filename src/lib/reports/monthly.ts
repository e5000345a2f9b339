/** When the report of a month is mailed. */
import { addMonths } from '../dates.ts';
import { wallClock } from '../wall-clock.ts';
import { firstOf, monthOf } from './period.ts';

/** In the morning, in minutes since midnight: jobs look every hour, so that each time zone has one look in it. */
const [morning, morningEnds] = [8 * 60, 9 * 60];

type Wanting = {
	/** When the person asked for it. */
	since: Date;
	/** YYYY-MM, the latest that one was written about; '' for none. */
	lastMonth: string;
	timeZone: string;
};

/** The month before that of `now`, where the person is: YYYY-MM. */
export const monthBefore = (now: Date, timeZone: string): string =>
	monthOf(addMonths(firstOf(monthOf(wallClock(now, timeZone).date)), -1));

/**
 * The month that somebody is to get a report about now, or null. It is the one before, from the first morning of a month on; one
 * that could not be written that day is due again on every other morning of the month. Whoever asks for it later than on the
 * first waits for the next month. No month comes twice, wherever people move.
 */
export function monthDue(now: Date, { since, lastMonth, timeZone }: Wanting): string | null {
	const { date, minutes } = wallClock(now, timeZone);
	if (minutes < morning || minutes >= morningEnds) return null;
	if (wallClock(since, timeZone).date > firstOf(monthOf(date))) return null;
	const month = monthBefore(now, timeZone);
	return month > lastMonth ? month : null;
}
