/** Something to tell by every kind of mail. */
import type { AlertTold, MailKind, MailParams } from '#server/mail/kinds.ts';

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
	webhook_made: { host: 'hooks.example.org' },
	webhook_gone: { host: 'hooks.example.org' },
	webhook_failing: { host: 'hooks.example.org' }
};
