/** Something to tell by every kind of mail. */
import type { AlertTold, MailKind, MailParams } from '#server/mail/kinds.ts';
import type { MonthlyFigures } from '#server/monthly/figures.ts';

export const stop = 'https://q.example/unsubscribe?token=stop';
export const alert: AlertTold = {
	alertId: 'a',
	budgetId: 'groceries',
	budgetName: 'Groceries',
	groupId: null,
	group: null,
	threshold: 80,
	percent: 82,
	spent: 41_230,
	amount: 50_000,
	currency: 'EUR',
	periodStart: '2026-03-01',
	periodEnd: '2026-03-31',
	at: '2026-03-04T20:30:00.000Z',
	passed: false
};
export const month: MonthlyFigures = {
	...{ month: '2026-02', madeOn: '2026-03-04' },
	currencies: [
		{
			...{ currency: 'EUR', spent: 184_230, spentBefore: 201_999, earned: 240_000 },
			categories: [
				{ name: 'Home', amount: 95_000, before: 95_000 },
				{ name: 'Food', amount: 61_230, before: 80_499 },
				{ name: null, amount: 28_000, before: 26_500 }
			],
			merchants: [{ name: 'Rewe', amount: 40_110, before: 38_000 }]
		}
	],
	budgets: [
		{
			...{ id: 'groceries', name: 'Groceries', group: null, currency: 'EUR', spent: 41_230, limit: 50_000 },
			...{ remaining: 8_770, periodStart: '2026-02-01', periodEnd: '2026-02-28', over: true }
		},
		{
			...{ id: 'rent', name: 'Rent', group: 'Flat 3', currency: 'EUR', spent: 124_800, limit: 120_000 },
			...{ remaining: -4_800, periodStart: '2026-02-01', periodEnd: '2026-02-28', over: true }
		},
		{
			...{ id: 'travel', name: 'Travel', group: null, currency: 'EUR', spent: 5_000, limit: 100_000 },
			...{ remaining: 95_000, periodStart: '2026-01-01', periodEnd: '2026-12-31', over: false }
		}
	],
	due: [{ recurringId: 'gym', merchant: 'Iron Gym', date: '2026-03-15', amount: -2_990, currency: 'EUR' }],
	groups: [
		{ name: 'Flat 3', balances: [{ currency: 'EUR', amount: 4_000 }] },
		{ name: 'Norway', balances: [] }
	]
};
export const samples: { [K in MailKind]: MailParams[K] } = {
	verify: { link: 'https://q.example/verify#token' },
	sign_up: { link: 'https://q.example/verify#token' },
	already_registered: {},
	reset: { link: 'https://q.example/reset#token' },
	password_changed: {},
	new_device: { device: 'Firefox on Linux', place: '203.0.113.9', at: '2026-03-04T20:30:00.000Z' },
	mfa_on: {},
	mfa_off: {},
	mfa_reset: {},
	recovery_used: { left: 9 },
	recovery_new: {},
	recovery_few: { left: 2 },
	passkey_added: { name: 'Phone' },
	passkey_removed: { name: 'Phone' },
	token_made: { name: 'Backup script' },
	group_invite: { link: 'https://q.example/join#token', group: 'Flat 3', from: 'Ana' },
	budget_alert: { alerts: [alert], stop },
	alert_test: { stop },
	monthly_report: { report: month, statement: { is: 'attached' }, stop },
	webhook_made: { host: 'hooks.example.org' },
	webhook_gone: { host: 'hooks.example.org' },
	webhook_failing: { host: 'hooks.example.org' }
};
