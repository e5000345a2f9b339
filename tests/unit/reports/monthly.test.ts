import { expect, test } from 'vitest';
import { monthDue } from '#lib/reports/monthly.ts';

const asked = new Date('2026-03-20T12:00:00Z');
const berlin = { since: asked, lastMonth: '', timeZone: 'Europe/Berlin' };
/** When a month is due, looked for every hour from one instant to another, as jobs do. */
function hoursDue(from: string, to: string, wanting: Parameters<typeof monthDue>[1]): string[] {
	const due: string[] = [];
	for (let at = Date.parse(from); at <= Date.parse(to); at += 3_600_000) {
		const now = new Date(at);
		const month = monthDue(now, wanting);
		if (month !== null) due.push(`${now.toISOString().slice(0, 16)} ${month}`);
	}
	return due;
}

test.each([
	['Europe/Berlin', '2026-04-01T06:02', '2026-03'], // in summer
	['Asia/Kolkata', '2026-04-01T03:02', '2026-03'], // half an hour beside
	['Asia/Kathmandu', '2026-04-01T03:02', '2026-03'],
	['Pacific/Kiritimati', '2026-03-31T18:02', '2026-03'], // where the first comes first
	['Pacific/Pago_Pago', '2026-04-01T19:02', '2026-03'] // and last
])('in %s the report is due at %s UTC, in the morning of the first', (timeZone, at, month) => {
	const [first] = hoursDue('2026-03-31T00:02:00Z', '2026-04-02T00:02:00Z', { ...berlin, timeZone });
	expect(first).toBe(`${at} ${month}`);
});

test('clocks that are put forward or back on the first make no difference', () => {
	// Clocks went forward in Troll on the 29th and go back in Havana at midnight of the first.
	const havana = { ...berlin, timeZone: 'America/Havana', since: new Date('2026-09-01T00:00:00Z') };
	expect(hoursDue('2026-11-01T00:02:00Z', '2026-11-02T00:02:00Z', havana)).toEqual([
		'2026-11-01T13:02 2026-10'
	]);
	const newYork = { ...havana, timeZone: 'America/New_York' };
	expect(hoursDue('2026-11-01T00:02:00Z', '2026-11-02T00:02:00Z', newYork)).toEqual([
		'2026-11-01T13:02 2026-10'
	]);
});

test('one that was not written is due on every morning of its month, and then the next month’s', () => {
	const due = hoursDue('2026-04-01T00:02:00Z', '2026-05-01T23:02:00Z', berlin);
	expect(due).toHaveLength(31);
	expect(due.filter((line) => line.endsWith('2026-03'))).toHaveLength(30);
	expect(due.at(-1)).toBe('2026-05-01T06:02 2026-04');
});

test('a month that was written about does not come again, wherever its person goes', () => {
	const written = { ...berlin, lastMonth: '2026-03' };
	for (const timeZone of ['Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])
		expect(hoursDue('2026-03-29T00:02:00Z', '2026-04-30T00:02:00Z', { ...written, timeZone })).toEqual([]);
	expect(hoursDue('2026-05-01T00:02:00Z', '2026-05-01T23:02:00Z', written)).toEqual([
		'2026-05-01T06:02 2026-04'
	]);
});

test('who asks on the first, or later, waits till the next morning, or month', () => {
	const on = (since: string) =>
		hoursDue('2026-04-01T00:02:00Z', '2026-05-02T00:02:00Z', { ...berlin, since: new Date(since) })[0];
	expect(on('2026-04-01T04:00:00Z')).toBe('2026-04-01T06:02 2026-03');
	expect(on('2026-04-02T04:00:00Z')).toBe('2026-05-01T06:02 2026-04');
	// Already the second where they are.
	expect(on('2026-04-01T22:30:00Z')).toBe('2026-05-01T06:02 2026-04');
});
