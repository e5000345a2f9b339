import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantsAt, minutesOf, nextAt, wallClock } from '#lib/wall-clock.ts';

const zones = [
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Auckland',
	'Pacific/Kiritimati',
	'Pacific/Niue',
	'Africa/Casablanca'
];
const minute = 60_000;
const zone = fc.constantFrom(...zones);
const instant = fc.date({
	noInvalidDate: true,
	min: new Date('2024-01-01T00:00:00Z'),
	max: new Date('2030-01-01T00:00:00Z')
});

test.each([
	['2026-03-04T20:30:59.999Z', 'Europe/Berlin', '2026-03-04', '21:30'],
	['2026-03-04T23:30:00Z', 'Europe/Berlin', '2026-03-05', '00:30'],
	['2026-03-04T20:30:00Z', 'Asia/Kathmandu', '2026-03-05', '02:15'],
	['2026-03-04T20:30:00Z', 'Pacific/Niue', '2026-03-04', '09:30']
])('at %s the clock of %s shows %s %s', (at, timeZone, date, time) => {
	expect(wallClock(new Date(at), timeZone)).toEqual({ date, minutes: minutesOf(time) });
});

test.each([
	['a usual day', 'Europe/Berlin', '2026-03-04', '02:30', ['2026-03-04T01:30:00Z']],
	['the night the clock is put forward', 'Europe/Berlin', '2026-03-29', '02:30', ['2026-03-29T01:30:00Z']],
	['that night, just after', 'Europe/Berlin', '2026-03-29', '03:00', ['2026-03-29T01:00:00Z']],
	['that night, at its begin', 'Europe/Berlin', '2026-03-29', '00:00', ['2026-03-28T23:00:00Z']],
	[
		'the night it is put back',
		'Europe/Berlin',
		'2026-10-25',
		'02:30',
		['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']
	],
	['that night, just after', 'Europe/Berlin', '2026-10-25', '03:00', ['2026-10-25T02:00:00Z']],
	[
		'a clock that is put back by half an hour',
		'Australia/Lord_Howe',
		'2026-04-05',
		'01:45',
		['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z']
	],
	['a day that begins an hour late', 'America/Santiago', '2026-09-06', '00:00', ['2026-09-06T04:00:00Z']]
])('%s: in %s it is %s %s at %o', (_, timeZone, date, time, instants) => {
	const found = instantsAt({ date, minutes: minutesOf(time) }, timeZone);
	expect(found).toEqual(instants.map((at) => new Date(at)));
});

test('what a clock shows at an instant leads back to it', () => {
	fc.assert(
		fc.property(instant, zone, (at, timeZone) => {
			const whole = Math.floor(at.getTime() / minute) * minute;
			const times = instantsAt(wallClock(at, timeZone), timeZone).map(Number);
			expect(times).toContain(whole);
		})
	);
});

test('the next time a clock shows something is found as by waiting for it', () => {
	fc.assert(
		fc.property(instant, fc.integer({ min: 0, max: 1439 }), zone, (from, minutes, timeZone) => {
			const found = nextAt(from, minutes, timeZone);
			let waited = Math.ceil(from.getTime() / minute) * minute;
			while (waited < found.getTime() && wallClock(new Date(waited), timeZone).minutes !== minutes)
				waited += minute;
			expect(new Date(waited)).toEqual(found);
			// In the night that jumps over it, it comes as late as the jump is long; else the clock shows just that.
			const late = wallClock(found, timeZone).minutes - minutes;
			expect([0, 30, 60]).toContain(late);
		}),
		{ numRuns: 300 }
	);
});
