/** When a person's alerts may be mailed: after their quiet hours, once a day when they want a digest, and not too many. */
import { addDays } from '../dates.ts';
import { instantsAt, minutesOf, nextAt, wallClock } from '../wall-clock.ts';

/** What a person has chosen; times are `HH:MM` in their time zone. Quiet hours that end when they begin are none. */
export type MailTimes = { quietFrom: string | null; quietUntil: string | null; digestAt: string | null };

/** So many mails with alerts go to one address on one day; what is left comes together the next day. */
export const alertMailsPerDay = 20;

/** The earliest moment for a mail of what was raised at `raised`, seen from `now` and never before it. */
export function mailTime(raised: Date, now: Date, times: MailTimes, timeZone: string): Date {
	const wished = times.digestAt === null ? raised : nextAt(raised, minutesOf(times.digestAt), timeZone);
	return afterQuietHours(wished > now ? wished : now, times, timeZone);
}

/** The earliest moment for a mail when the day of `now` has had its share of them. */
export function nextDaysMailTime(now: Date, times: MailTimes, timeZone: string): Date {
	const { date } = wallClock(now, timeZone);
	const midnight = instantsAt({ date: addDays(date, 1), minutes: 0 }, timeZone)[0]!;
	return mailTime(midnight, midnight, times, timeZone);
}

/** When the day of `now` began in a time zone. */
export function dayBegan(now: Date, timeZone: string): Date {
	return instantsAt({ date: wallClock(now, timeZone).date, minutes: 0 }, timeZone)[0]!;
}

function afterQuietHours(at: Date, { quietFrom, quietUntil }: MailTimes, timeZone: string): Date {
	if (quietFrom === null || quietUntil === null) return at;
	const [from, until] = [minutesOf(quietFrom), minutesOf(quietUntil)];
	const { minutes } = wallClock(at, timeZone);
	const quiet = from <= until ? from <= minutes && minutes < until : minutes >= from || minutes < until;
	return quiet ? nextAt(at, until, timeZone) : at;
}
