import { expect, test } from 'vitest';
import { choiceIn, usualChoice } from '#lib/reports/choice.ts';

test.each([
	[
		'a year that is half typed',
		'from=0002-01-01&to=2026-11-27',
		{ period: 'custom', from: null, to: '2026-11-27' }
	],
	[
		'a year that nobody means',
		'from=2026-01-01&to=9999-12-31',
		{ period: 'custom', from: '2026-01-01', to: null }
	],
	['no date at all', 'from=2026-02-30', {}],
	['an account that is no id', `account=${'-'.repeat(36)}`, {}]
])('of an address that has %s only the rest counts', (_, query, read) => {
	expect(choiceIn(new URLSearchParams(query))).toEqual({ ...usualChoice, ...read });
});

test('an address keeps what makes sense', () => {
	const account = '0198a1b2-c3d4-7abc-8def-0123456789ab';
	const query = `from=1900-01-01&to=2199-12-31&account=${account}`;
	expect(choiceIn(new URLSearchParams(query))).toEqual({
		...usualChoice,
		...{ period: 'custom', from: '1900-01-01', to: '2199-12-31', account }
	});
});
