/**
 * A row for every procedure: what it asks for, and a valid call of it for the owner's things. `own` is how the owner's call ends
 * where it is let in (`ok`, or the reason of an error), `foreign` how that of anybody else does who is let in.
 */
import { v7 } from 'uuid';
import { groupRows } from './group-rows.ts';
import { rentBudget, rentRule } from './household.ts';
import { ofHers, ofOnesOwn, type Row } from './row.ts';

export type { Row } from './row.ts';

const answerOfNoKey = {
	...{ id: 'bm9uZQ', rawId: 'bm9uZQ', type: 'public-key' },
	response: {
		clientDataJSON: 'bm9uZQ',
		attestationObject: 'bm9uZQ',
		authenticatorData: 'bm9uZQ',
		signature: ''
	}
};
const newKey = (): unknown => ({ challengeId: v7(), name: 'Key', response: answerOfNoKey });
const strong = 'nine blue lamps in a row';

const auth: Record<string, Row> = {
	'auth.entry': ofOnesOwn('anyone'),
	'auth.register': ofOnesOwn(
		'anyone',
		({ email }) => ({ email, name: 'Another', password: strong }),
		'email_taken'
	),
	'auth.login': ofOnesOwn('anyone', ({ email }) => ({ email, password: strong }), 'bad_credentials'),
	'auth.logout': ofOnesOwn('enrol'),
	'auth.stepUp': ofOnesOwn('enrol', () => ({ password: strong }), ['bad_password', 'bad_code']),
	'auth.proof': ofOnesOwn('stepUp'),
	'auth.me': ofOnesOwn('anyToken'),
	'auth.updateProfile': ofOnesOwn('session', () => ({ theme: 'dark' })),
	'auth.changePassword': ofOnesOwn(
		'stepUp',
		() => ({ current: strong, next: `${strong} of two` }),
		'invalid'
	),
	'auth.checkPassword': ofOnesOwn('anyone', () => ({ password: strong })),
	'auth.requestReset': ofOnesOwn('anyone', ({ email }) => ({ email })),
	'auth.reset': ofOnesOwn('anyone', () => ({ token: 'none', password: strong }), 'link_invalid'),
	'auth.verifyEmail': ofOnesOwn('anyone', () => ({ token: 'none' }), 'link_invalid'),
	'auth.sendVerification': ofOnesOwn('session'),
	'auth.mfa.status': ofOnesOwn('enrol'),
	'auth.mfa.begin': ofOnesOwn('enrolStepUp'),
	'auth.mfa.confirm': ofOnesOwn('enrolStepUp', () => ({ otp: '000000' }), ['mfa_not_begun', 'bad_code']),
	'auth.mfa.disable': ofOnesOwn('stepUp', undefined, 'ok', ['ok', 'mfa_needed']),
	'auth.mfa.newRecoveryCodes': ofOnesOwn('stepUp', undefined, 'mfa_off', ['mfa_off', 'ok']),
	'auth.passkeys.list': ofOnesOwn('session'),
	'auth.passkeys.beginRegistration': ofOnesOwn('stepUp'),
	'auth.passkeys.register': ofOnesOwn('stepUp', newKey, 'passkey_bad'),
	'auth.passkeys.rename': ofHers('session', ({ passkey: id }) => ({ id, name: 'Renamed' })),
	'auth.passkeys.remove': ofHers('stepUp', async (_, spare) => ({ id: await spare.passkey() })),
	'auth.passkeys.beginSignIn': ofOnesOwn('anyone'),
	'auth.passkeys.signIn': ofOnesOwn('anyone', newKey, 'bad_passkey'),
	'auth.sessions.list': ofOnesOwn('session'),
	'auth.sessions.revoke': ofHers('session', async (_, spare) => ({ id: await spare.session() })),
	'auth.deleteAccount': ofOnesOwn('stepUp', () => ({ email: 'else@example.org' }), 'not_your_email'),
	'auth.tokens.list': ofOnesOwn('session'),
	'auth.tokens.create': ofOnesOwn('stepUp', () => ({ name: 'Program', scopes: ['read'] })),
	'auth.tokens.revoke': ofHers('session', async (_, spare) => ({ id: await spare.token() }))
};

const money: Record<string, Row> = {
	'accounts.list': ofOnesOwn('read'),
	'accounts.create': ofHers(
		'write',
		({ account: id }) => ({ id, name: 'Mine', currency: 'EUR' }),
		'id_taken'
	),
	'accounts.update': ofHers('write', ({ account: id }) => ({ id, name: 'Renamed' })),
	'accounts.remove': ofHers('write', async (_, spare) => ({ id: await spare.account() })),
	'categories.list': ofOnesOwn('read'),
	'categories.usage': ofOnesOwn('read', () => ({ month: '2025-06' })),
	'categories.create': ofHers(
		'write',
		({ ownCategory: id }) => ({ id, name: 'Kites', group: 'entertainment' }),
		'id_taken'
	),
	'categories.update': ofHers('write', ({ ownCategory: id }) => ({ id, name: 'Big kites' })),
	'categories.hide': ofHers('write', ({ ownCategory: id }) => ({ id, hidden: true })),
	'categories.merge': ofHers('write', async (_, spare) => ({ id: await spare.category(), into: 'hobbies' })),
	// An export is of one session: in another one its own person finds nothing either.
	'exports.list': ofOnesOwn('session'),
	'exports.weigh': ofHers('session', ({ group: { groupId } }) => ({ of: `groups/${groupId}` })),
	'exports.create': ofHers(
		'session',
		({ group: { groupId } }) => ({ file: `groups/${groupId}.csv` }),
		'not_found',
		['ok', 'exports_running']
	),
	'exports.cancel': ofHers('session', ({ export: id }) => ({ id }), 'not_found', 'not_found'),
	'exports.remove': ofHers('session', ({ export: id }) => ({ id }), 'not_found', 'not_found'),
	'notifications.list': ofHers('read', ({ notification: cursor }) => ({ cursor }), 'ok'),
	'notifications.markRead': ofHers('write', ({ notification }) => ({ ids: [notification] }), 'ok'),
	'recurring.list': ofOnesOwn('read'),
	'recurring.due': ofOnesOwn('read', () => ({ from: '2026-01-01', to: '2026-01-31' })),
	'recurring.confirm': ofHers('write', ({ recurring: id }) => ({ id })),
	'recurring.dismiss': ofHers('write', ({ recurring: id }) => ({ id })),
	'recurring.reconsider': ofHers('write', ({ recurring: id }) => ({ id })),
	'reports.spending': ofHers('read', ({ account: accountId }) => ({ accountId, by: 'merchant' }), 'ok'),
	'reports.cashFlow': ofOnesOwn('read', () => ({ from: '2025-01-01' })),
	'reports.subscriptions': ofOnesOwn('read'),
	'reports.monthly': ofOnesOwn('read'),
	'reports.setMonthly': ofOnesOwn('write', () => ({ on: false })),
	'reports.sendMonthly': ofOnesOwn('write', () => undefined, 'reports_need_mail_server'),
	'review.list': ofOnesOwn('read'),
	'review.count': ofOnesOwn('read'),
	'review.accept': ofHers('write', ({ transaction: id, categoryId }) => ({ id, categoryId, all: true })),
	'rules.list': ofOnesOwn('read'),
	'rules.create': ofHers('write', ({ rule: id }) => ({ ...rentRule, id }), 'id_taken'),
	'rules.update': ofHers('write', ({ rule: id }) => ({ id, name: 'Renamed' })),
	'rules.remove': ofHers('write', async (_, spare) => ({ id: await spare.rule() })),
	'rules.reorder': ofHers('write', ({ rule }) => ({ ids: [rule] }), 'not_found', ['ok', 'rules_changed']),
	'rules.preview': ofHers('read', ({ rule: id }) => ({ id })),
	'rules.run': ofHers('write', ({ rule: id }) => ({ id })),
	'rules.undo': ofHers('write', async (_, spare) => ({ runId: await spare.run() })),
	'transactions.list': ofHers('read', ({ account: accountId }) => ({ accountId }), 'ok'),
	'transactions.get': ofHers('read', ({ transaction: id }) => ({ id })),
	'transactions.setCategory': ofHers('write', ({ transaction: id, categoryId }) => ({
		...{ id, categoryId },
		applyToSimilar: true
	})),
	'transactions.setCategories': ofHers(
		'write',
		({ transaction, categoryId }) => ({ ids: [transaction], categoryId }),
		'ok'
	),
	'transactions.undo': ofHers(
		'write',
		({ transaction: id, categoryId }) => ({
			...{ categoryId, apart: [] },
			rows: [{ id, categoryId, source: 'user', confidence: 1, review: false }]
		}),
		'ok'
	),
	'transactions.takeBack': ofHers('write', ({ transaction }) => ({ ids: [transaction] }), 'ok'),
	'transactions.update': ofHers('write', ({ transaction: id }) => ({ id, note: 'hello' })),
	'transactions.why': ofHers('read', ({ transaction: id }) => ({ id })),
	'transactions.summary': ofOnesOwn('read', () => ({ month: '2025-06' })),
	'transfers.candidates': ofHers('read', ({ transaction: id }) => ({ id })),
	'transfers.mark': ofHers(
		'write',
		({ transaction: id }) => ({ id, otherId: id }),
		'not_found',
		'no_transfer'
	),
	'transfers.deny': ofHers('write', ({ transaction: id }) => ({ id })),
	'uploads.list': ofHers('importRead', ({ done: cursor }) => ({ cursor }), 'ok'),
	'uploads.get': ofHers('importRead', ({ done: id }) => ({ id })),
	'uploads.detection': ofHers('importRead', ({ waiting: id }) => ({ id })),
	'uploads.preview': ofHers('importRead', ({ waiting: id, mapping }) => ({ id, mapping })),
	'uploads.rows': ofHers('importRead', ({ done: id }) => ({ id })),
	'uploads.commit': ofHers('import', async ({ mapping }, spare) => ({ id: await spare.waiting(), mapping })),
	'uploads.cancel': ofHers('import', async (_, spare) => ({ id: await spare.waiting() })),
	'uploads.undo': ofHers('import', async (_, spare) => ({ id: await spare.done() })),
	'uploads.importAnyway': ofHers('import', ({ done: id }) => ({ id, lines: [2] })),
	'webhooks.list': ofOnesOwn('read'),
	'webhooks.create': ofOnesOwn('stepUp', () => ({
		url: 'https://93.184.215.14/hook',
		events: ['recurring.missed']
	})),
	'webhooks.update': ofHers('stepUp', ({ webhook: id }) => ({ id, note: 'hello' })),
	'webhooks.rotateSecret': ofHers('stepUp', ({ webhook: id }) => ({ id })),
	'webhooks.remove': ofHers('write', async (_, spare) => ({ id: (await spare.webhook()).webhook })),
	'webhooks.test': ofHers('write', ({ webhook: id }) => ({ id }), 'not_found', 'webhook_off'),
	'webhooks.deliveries': ofHers('read', ({ webhook: endpointId }) => ({ endpointId })),
	'webhooks.redeliver': ofHers('write', ({ delivery: id }) => ({ id }), 'not_found', 'webhook_off')
};

// Of somebody's own budget a token needs another scope than of a group's; which, tests/server/budgets.test.ts says.
const byScope = ['ok', 'scope'];

const budgets: Record<string, Row> = {
	'alerts.list': ofHers('read', ({ alert: cursor }) => ({ cursor }), 'ok'),
	'alerts.channels': ofOnesOwn('read'),
	'alerts.setChannels': ofOnesOwn('write', () => ({ digestAt: '08:00' })),
	'alerts.test': ofOnesOwn('write', () => ({ channel: 'screen' })),
	'alerts.deliveries': ofHers('read', ({ alert: alertId }) => ({ alertId })),
	'alerts.redeliver': ofHers('write', ({ delivery: id }) => ({ id }), 'not_found', 'webhook_off'),
	'alerts.markRead': ofHers('write', ({ alert }) => ({ ids: [alert] }), 'ok'),
	'budgets.list': ofOnesOwn('read'),
	'budgets.ofGroup': ofHers('groupsRead', ({ group: { groupId } }) => ({ groupId })),
	'budgets.get': ofHers('groupsRead', ({ budget: id }) => ({ id }), 'not_found', byScope),
	'budgets.status': ofHers('groupsRead', ({ group: { budget: id } }) => ({ id })),
	'budgets.history': ofHers('groupsRead', ({ budget: id }) => ({ id }), 'not_found', byScope),
	'budgets.suggest': ofHers('groupsRead', ({ group: { groupId } }) => ({
		...{ groupId, currency: 'EUR', period: 'monthly' }
	})),
	'budgets.create': ofHers('writeOrGroups', ({ budget: id }) => ({ ...rentBudget, id }), 'id_taken', byScope),
	'budgets.update': ofHers(
		'writeOrGroups',
		({ group: { budget: id } }) => ({ id, version: 1, name: 'Renamed' }),
		'not_found',
		byScope
	),
	'budgets.remove': ofHers(
		'writeOrGroups',
		async (_, spare) => ({ id: await spare.budget() }),
		'not_found',
		byScope
	),
	'budgets.restore': ofHers(
		'writeOrGroups',
		async (_, spare) => ({ id: await spare.budget() }),
		'not_found',
		byScope
	)
};

// Here the admin is who the call is for; nobody else is let in.
const admin: Record<string, Row> = {
	'admin.users.list': ofOnesOwn('admin'),
	'admin.users.setDisabled': ofOnesOwn('adminStepUp', async (_, spare) => ({
		id: await spare.person(),
		disabled: true
	})),
	'admin.users.setRole': ofOnesOwn('adminStepUp', async (_, spare) => ({
		id: await spare.person(),
		role: 'member'
	})),
	'admin.users.resetMfa': ofOnesOwn('adminStepUp', async (_, spare) => ({ id: await spare.person() })),
	'admin.users.signOut': ofOnesOwn('admin', async (_, spare) => ({ id: await spare.person() })),
	'admin.invites.list': ofOnesOwn('admin'),
	'admin.invites.create': ofOnesOwn('admin', () => ({ note: 'for nobody' })),
	'admin.invites.revoke': ofOnesOwn('admin', async (_, spare) => ({ id: await spare.invite() })),
	'admin.outbox.list': ofOnesOwn('admin'),
	'admin.outbox.get': ofOnesOwn('adminStepUp', async (_, spare) => ({ id: await spare.mail() })),
	'admin.outbox.resend': ofOnesOwn('admin', async (_, spare) => ({ id: await spare.mail() })),
	'admin.queues.list': ofOnesOwn('admin'),
	'admin.queues.redrive': ofOnesOwn('admin', () => ({ id: 'none' }), 'not_found'),
	'admin.settings.get': ofOnesOwn('admin'),
	'admin.settings.update': ofOnesOwn('adminStepUp', () => ({ mfaRequired: false })),
	'models.list': ofOnesOwn('admin'),
	'models.get': ofOnesOwn('admin', () => ({ id: 'base' })),
	'models.sources': ofOnesOwn('admin'),
	// Trainings themselves are in tests/server/models.test.ts.
	'models.train': ofOnesOwn('adminStepUp', () => ({ corrections: 'some' }), 'invalid'),
	'models.cancel': ofOnesOwn('admin', async (_, spare) => ({ id: await spare.model() }), 'training_ended'),
	'models.evaluate': ofOnesOwn('admin', async (_, spare) => ({ id: await spare.model() }), 'model_broken'),
	'models.compare': ofOnesOwn('admin', () => ({ id: 'base' })),
	'models.activate': ofOnesOwn('adminStepUp', () => ({ id: 'base' })),
	'models.rollBack': ofOnesOwn('adminStepUp', undefined, 'no_model_before'),
	'models.remove': ofOnesOwn('adminStepUp', async (_, spare) => ({ id: await spare.model() }))
};

export const rows: Record<string, Row> = { ...auth, ...money, ...budgets, ...groupRows, ...admin };
