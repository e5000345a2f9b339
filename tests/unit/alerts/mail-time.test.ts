import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayBegan, mailTime, nextDaysMailTime, type MailTimes } from '#lib/alerts/mail-time.ts';
import { minutesOf, wallClock } from '#lib/wall-clock.ts';

const any: MailTimes = { quietFrom: null, quietUntil: null, digestAt: null };
const night = { ...any, quietFrom: '22:00', quietUntil: '07:00' };
const noon = { ...any, quietFrom: '12:00', quietUntil: '14:00' };
const berlin = 'Europe/Berlin';

test.each([
	['without wishes', any, '2026-03-04T21:30:00Z', '2026-03-04T21:30:00Z'],
	['before quiet hours', night, '2026-03-04T20:59:59Z', '2026-03-04T20:59:59Z'],
	['as they begin', night, '2026-03-04T21:00:00Z', '2026-03-05T06:00:00Z'],
	['in them, before midnight', night, '2026-03-04T22:30:00Z', '2026-03-05T06:00:00Z'],
	['in them, after midnight', night, '2026-03-05T01:30:00Z', '2026-03-05T06:00:00Z'],
	['as they end', night, '2026-03-05T06:00:00Z', '2026-03-05T06:00:00Z'],
	['in those of a day', noon, '2026-03-04T12:59:00Z', '2026-03-04T13:00:00Z'],
	['after those of a day', noon, '2026-03-04T13:00:00Z', '2026-03-04T13:00:00Z'],
	['in the short night of spring', night, '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
	['in the long night of autumn', night, '2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
	[
		'when they end in the hour that is left out',
		{ ...night, quietUntil: '02:30' },
		'2026-03-28T22:00:00Z',
		'2026-03-29T01:30:00Z'
	],
	[
		'when they end in the hour that comes twice, before it',
		{ ...night, quietUntil: '02:30' },
		'2026-10-24T22:00:00Z',
		'2026-10-25T00:30:00Z'
	],
	[
		'when they end in the hour that comes twice, in its second round',
		{ ...night, quietUntil: '02:30' },
		'2026-10-25T01:10:00Z',
		'2026-10-25T01:30:00Z'
	],
	[
		'with a digest later today',
		{ ...any, digestAt: '18:00' },
		'2026-03-04T09:00:00Z',
		'2026-03-04T17:00:00Z'
	],
	[
		'with a digest that has been',
		{ ...any, digestAt: '08:00' },
		'2026-03-04T09:00:00Z',
		'2026-03-05T07:00:00Z'
	],
	[
		'at the time of the digest',
		{ ...any, digestAt: '08:00' },
		'2026-03-04T07:00:00Z',
		'2026-03-04T07:00:00Z'
	],
	[
		'with a digest in quiet hours',
		{ ...night, digestAt: '06:00' },
		'2026-03-04T09:00:00Z',
		'2026-03-05T06:00:00Z'
	],
	[
		'with quiet hours that end as they begin',
		{ ...any, quietFrom: '07:00', quietUntil: '07:00' },
		'2026-03-04T06:00:00Z',
		'2026-03-04T06:00:00Z'
	]
])('%s', (_, times, raised, expected) => {
	const at = new Date(raised);
	expect(mailTime(at, at, times, berlin)).toEqual(new Date(expected));
});

test('what should have gone while nobody was there goes as soon as somebody is, but for quiet hours', () => {
	const raised = new Date('2026-03-04T09:00:00Z');
	const digest = { ...night, digestAt: '18:00' };
	const late = new Date('2026-03-05T10:12:00Z');
	expect(mailTime(raised, late, digest, berlin)).toEqual(late);
	expect(mailTime(raised, new Date('2026-03-05T22:00:00Z'), digest, berlin)).toEqual(
		new Date('2026-03-06T06:00:00Z')
	);
});

test('what is too much for a day waits for the next one, as people count them', () => {
	const now = new Date('2026-03-04T23:30:00Z'); // half past midnight
	expect(dayBegan(now, berlin)).toEqual(new Date('2026-03-04T23:00:00Z'));
	expect(nextDaysMailTime(now, any, berlin)).toEqual(new Date('2026-03-05T23:00:00Z'));
	expect(nextDaysMailTime(now, night, berlin)).toEqual(new Date('2026-03-06T06:00:00Z'));
	expect(nextDaysMailTime(now, { ...any, digestAt: '09:15' }, berlin)).toEqual(
		new Date('2026-03-06T08:15:00Z')
	);
});

test('a mail never goes before now or in quiet hours, and no later than need be', () => {
	const time = fc
		.integer({ min: 0, max: 1439 })
		.map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
	const zone = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Kiritimati', berlin);
	const instant = fc.date({
		noInvalidDate: true,
		min: new Date('2026-01-01T00:00:00Z'),
		max: new Date('2027-01-01T00:00:00Z')
	});
	fc.assert(
		fc.property(instant, time, time, zone, (now, quietFrom, quietUntil, timeZone) => {
			const isQuiet = (at: Date): boolean => {
				const [from, until] = [minutesOf(quietFrom), minutesOf(quietUntil)];
				const { minutes } = wallClock(at, timeZone);
				return from < until
					? from <= minutes && minutes < until
					: from > until && (minutes >= from || minutes < until);
			};
			const at = mailTime(now, now, { ...any, quietFrom, quietUntil }, timeZone);
			expect(at >= now).toBe(true);
			expect(isQuiet(at)).toBe(false);
			if (!isQuiet(now)) expect(at).toEqual(now);
			const jumped = minutesOf(quietUntil) !== wallClock(at, timeZone).minutes;
			if (isQuiet(now) && !jumped) expect(isQuiet(new Date(at.getTime() - 1))).toBe(true);
		}),
		{ numRuns: 500 }
	);
});
