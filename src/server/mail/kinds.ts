/** Every mail that Quits sends: what it needs to know, and its words. How it looks is Mail.svelte's business. */
import { percentText, wasUsedUp } from '#lib/budgets/used.ts';
import { formatAmount, formatDate, formatPercent } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { WebhookData } from '#lib/webhooks.ts';
import type { MonthlyFigures } from '../monthly/figures.ts';
import type { BudgetPart, MailContent } from './content.ts';
import { groupInviteDays, resetMinutes, signUpHours, verifyDays } from './link-lives.ts';
import { monthlyContent } from './monthly.ts';
import type { Stoppable } from './stop-link.ts';
import { oneLine, wordsAt, type MailPlace, type Words } from './words.ts';

/** What each kind of mail is told. Links open something, so they go nowhere but into the sealed body. */
export type MailParams = {
	/** Confirms the address of an account. */
	verify: { link: string };
	/** Makes the account that somebody asked for. */
	sign_up: { link: string };
	/** Somebody tried to sign up with the address of an account. */
	already_registered: Record<string, never>;
	reset: { link: string };
	password_changed: Record<string, never>;
	/** `device` and `place` in words, `at` as ISO text. */
	new_device: { device: string; place: string; at: string };
	mfa_on: Record<string, never>;
	mfa_off: Record<string, never>;
	/** The admin took the second factor off. */
	mfa_reset: Record<string, never>;
	/** `left`: how many recovery codes there still are. */
	recovery_used: { left: number };
	recovery_few: { left: number };
	recovery_new: Record<string, never>;
	passkey_added: { name: string };
	passkey_removed: { name: string };
	token_made: { name: string };
	/** A link into a group, from one of its members. */
	group_invite: { link: string; group: string; from: string };
	/** Budgets that have reached a threshold, at least one. `stop` is a link that ends such mails. */
	budget_alert: { alerts: AlertTold[]; stop: string };
	alert_test: { stop: string };
	/** What a month came to. `stop` is a link that ends such mails. */
	monthly_report: { report: MonthlyFigures; statement: { is: Statement }; stop: string };
	/** What happens in the account is sent there now. */
	webhook_made: { host: string };
	/** A webhook was turned off, because its host never wants another, or because nothing got through to it for days. */
	webhook_gone: { host: string };
	webhook_failing: { host: string };
};

/** `at` is when it was reached, as ISO text; `passed` says that spending is below it again. */
export type AlertTold = WebhookData['budget.alert'] & { group: string | null; at: string; passed: boolean };

/** The kinds that a person can end with one click, and that a mail program may offer to end. */
const stoppable: ReadonlyMap<string, Stoppable> = new Map<MailKind, Stoppable>([
	['budget_alert', 'alerts'],
	['alert_test', 'alerts'],
	['monthly_report', 'monthly']
]);
/** By which link; null for the others. */
export const stoppedBy = (kind: string): Stoppable | null => stoppable.get(kind) ?? null;

/** Whether the transactions of the month come along, are too many for a mail, or there are none. */
export type Statement = 'attached' | 'too_large' | 'none';

export type MailKind = keyof MailParams;

/** What a mail of one kind says. */
export function contentOf<K extends MailKind>(kind: K, params: MailParams[K], place: MailPlace): MailContent {
	return contents[kind](params, wordsAt(place));
}

/** What stands at the end of every mail. */
export const footerOf = ({ publicUrl, locale }: MailPlace): string =>
	m.mail_footer({ url: publicUrl }, { locale });

const told = (subject: string, happened: string, { undo }: Words): MailContent => ({
	subject,
	text: `${happened}\n\n${undo}`
});

/** Why alerts are mailed, and where that can be changed or ended. */
const reasons = (stop: string, w: Words): Pick<MailContent, 'why' | 'links'> => ({
	why: m.mail_alert_why({}, w.in),
	links: [
		{ label: m.mail_alert_settings({}, w.in), url: `${w.url}/settings/alerts` },
		{ label: m.mail_alert_stop({}, w.in), url: stop }
	]
});

/** What is told of one budget: the alert that says most, and which thresholds more were reached. */
type BudgetTold = { alert: AlertTold; more: number[] };

/**
 * Alerts (in the order they were raised) by their budget and period, what is newest first. What still stands says more than what
 * has passed, and then the highest.
 */
function byBudget(alerts: readonly AlertTold[]): BudgetTold[] {
	const latestFirst = alerts.toReversed();
	const together = Map.groupBy(latestFirst, ({ budgetId, periodStart }) => `${budgetId} ${periodStart}`);
	return [...together.values()].map((ofOne) => {
		const [alert, ...others] = ofOne.toSorted(
			(a, b) => Number(a.passed) - Number(b.passed) || b.threshold - a.threshold
		);
		const thresholds = new Set(others.map(({ threshold }) => threshold));
		thresholds.delete(alert!.threshold);
		return { alert: alert!, more: [...thresholds].sort((a, b) => a - b) };
	});
}

function budgetPart({ alert, more }: BudgetTold, w: Words): BudgetPart {
	const { budgetId, budgetName, group, currency } = alert;
	const percent = (threshold: number): string => formatPercent(threshold / 100, w.in);
	const date = (day: string): string => formatDate(day, w.in);
	const budget = oneLine(budgetName);
	const isUsedUp = wasUsedUp({ limit: alert.amount });
	const crossed = {
		percent: percentText(alert.percent, w.in),
		threshold: percent(alert.threshold),
		at: w.atOf(alert.at)
	};
	return {
		name: group === null ? budget : m.mail_alert_name({ budget, group: oneLine(group) }, w.in),
		spent: formatAmount(alert.spent, currency, w.in),
		of: isUsedUp
			? m.mail_alert_spent({}, w.in)
			: m.mail_alert_of({ amount: formatAmount(alert.amount, currency, w.in) }, w.in),
		filled: Math.min(alert.percent, 100),
		over: alert.percent >= 100,
		lines: [
			m.mail_alert_period({ start: date(alert.periodStart), end: date(alert.periodEnd) }, w.in),
			isUsedUp ? m.mail_alert_used_up(crossed, w.in) : m.mail_alert_crossed(crossed, w.in),
			...(alert.passed ? [m.mail_alert_passed({}, w.in)] : []),
			...(more.length > 0 ? [m.mail_alert_also({ thresholds: more.map(percent).join(', ') }, w.in)] : [])
		],
		url: `${w.url}/budgets/${budgetId}`,
		open: m.mail_alert_open({}, w.in)
	};
}

function alertsSubject(alerts: readonly AlertTold[], w: Words): string {
	const [first] = alerts;
	if (!first || alerts.length > 1) return m.mail_alerts_subject({ count: alerts.length }, w.in);
	const said = { budget: oneLine(first.budgetName), percent: percentText(first.percent, w.in) };
	return wasUsedUp({ limit: first.amount })
		? m.mail_alert_subject_used_up(said, w.in)
		: m.mail_alert_subject(said, w.in);
}

const contents: { [K in MailKind]: (params: MailParams[K], words: Words) => MailContent } = {
	verify: ({ link }, w) => ({
		subject: m.mail_verify_subject({}, w.in),
		text: m.mail_verify({ link, days: verifyDays }, w.in),
		action: m.mail_verify_action({}, w.in)
	}),
	sign_up: ({ link }, w) => ({
		subject: m.mail_sign_up_subject({}, w.in),
		text: m.mail_sign_up({ link, at: w.at, hours: signUpHours }, w.in),
		action: m.mail_sign_up_action({}, w.in)
	}),
	already_registered: (_, w) => ({
		subject: m.mail_already_registered_subject({}, w.in),
		text: m.mail_already_registered({ at: w.at, url: w.url }, w.in)
	}),
	reset: ({ link }, w) => ({
		subject: m.mail_reset_subject({}, w.in),
		text: m.mail_reset({ link, at: w.at, minutes: resetMinutes }, w.in),
		action: m.mail_reset_action({}, w.in)
	}),
	password_changed: (_, w) =>
		told(m.mail_password_changed_subject({}, w.in), m.mail_password_changed({ at: w.at }, w.in), w),
	new_device: ({ device, place, at }, w) =>
		told(
			m.mail_new_device_subject({}, w.in),
			m.mail_new_device({ at: w.atOf(at), device: oneLine(device), place: oneLine(place) }, w.in),
			w
		),
	mfa_on: (_, w) => told(m.mail_mfa_on_subject({}, w.in), m.mail_mfa_on({ at: w.at }, w.in), w),
	recovery_new: (_, w) =>
		told(m.mail_recovery_new_subject({}, w.in), m.mail_recovery_new({ at: w.at }, w.in), w),
	mfa_off: (_, w) => told(m.mail_mfa_off_subject({}, w.in), m.mail_mfa_off({ at: w.at }, w.in), w),
	mfa_reset: (_, w) => told(m.mail_mfa_reset_subject({}, w.in), m.mail_mfa_reset({ at: w.at }, w.in), w),
	recovery_used: ({ left }, w) =>
		told(m.mail_recovery_used_subject({}, w.in), m.mail_recovery_used({ at: w.at, left }, w.in), w),
	recovery_few: ({ left }, w) => ({
		subject: m.mail_recovery_few_subject({}, w.in),
		text: m.mail_recovery_few({ at: w.at, left, security: `${w.url}/settings/security` }, w.in)
	}),
	passkey_added: ({ name }, w) =>
		told(
			m.mail_passkey_added_subject({}, w.in),
			m.mail_passkey_added({ at: w.at, name: oneLine(name) }, w.in),
			w
		),
	passkey_removed: ({ name }, w) =>
		told(
			m.mail_passkey_removed_subject({}, w.in),
			m.mail_passkey_removed({ at: w.at, name: oneLine(name) }, w.in),
			w
		),
	token_made: ({ name }, w) =>
		told(m.mail_token_made_subject({}, w.in), m.mail_token_made({ at: w.at, name: oneLine(name) }, w.in), w),
	group_invite: ({ link, group, from }, w) => {
		const names = { group: oneLine(group), from: oneLine(from) };
		return {
			subject: m.mail_group_invite_subject(names, w.in),
			text: m.mail_group_invite({ ...names, link, at: w.at, days: groupInviteDays }, w.in),
			action: m.mail_group_invite_action({}, w.in)
		};
	},
	budget_alert: ({ alerts, stop }, w) => {
		const budgets = byBudget(alerts);
		return {
			subject: alertsSubject(
				budgets.map(({ alert }) => alert),
				w
			),
			budgets: budgets.map((budget) => budgetPart(budget, w)),
			...reasons(stop, w)
		};
	},
	alert_test: ({ stop }, w) => ({
		subject: m.mail_alert_test_subject({}, w.in),
		text: m.mail_alert_test({ at: w.at }, w.in),
		...reasons(stop, w)
	}),
	monthly_report: monthlyContent,
	webhook_made: ({ host }, w) => {
		const settings = `${w.url}/settings/webhooks`;
		return told(
			m.mail_webhook_made_subject({}, w.in),
			m.mail_webhook_made({ at: w.at, host, settings }, w.in),
			w
		);
	},
	webhook_gone: ({ host }, w) => ({
		subject: m.mail_webhook_gone_subject({}, w.in),
		text: m.mail_webhook_gone({ host, at: w.at, settings: `${w.url}/settings/webhooks` }, w.in)
	}),
	webhook_failing: ({ host }, w) => ({
		subject: m.mail_webhook_failing_subject({}, w.in),
		text: m.mail_webhook_failing({ host, at: w.at, settings: `${w.url}/settings/webhooks` }, w.in)
	})
};
