/** How something was told, and what came of it, in words. */
import { formatInstant, formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { EgressFailure, WebhookEvent } from '#lib/webhooks.ts';

type Channel = 'screen' | 'email' | 'webhook';
type Status = 'waiting' | 'delivered' | 'failed' | 'kept' | 'cancelled';
type Cancellation = 'disabled' | 'left_group' | 'budget_removed' | 'unwanted';

const channels: Record<Channel, () => string> = {
	screen: m.alerts_channel_screen,
	email: m.alerts_channel_email,
	webhook: m.alerts_channel_webhook
};

export const channelText = (channel: Channel): string => channels[channel]();

type Delivery = {
	status: Status;
	attempts: number;
	nextAttemptAt: string | null;
	reason: Cancellation | null;
};

const cancellations: Record<Cancellation, () => string> = {
	disabled: m.alerts_state_disabled,
	left_group: m.alerts_state_left_group,
	budget_removed: m.alerts_state_budget_removed,
	unwanted: m.alerts_state_unwanted
};

/** "delivered", "waits until 07:00", "tried again at 12:30", "given up", "not sent: …". `now` in milliseconds. */
export function stateText(
	{ status, attempts, nextAttemptAt, reason }: Delivery,
	{ now, timeZone }: { now: number; timeZone: string }
): string {
	if (status === 'delivered') return m.alerts_state_delivered();
	if (status === 'failed') return m.alerts_state_failed();
	if (status === 'kept') return m.alerts_state_kept();
	if (reason) return cancellations[reason]();
	if (nextAttemptAt === null || Date.parse(nextAttemptAt) <= now) return m.alerts_state_waiting();
	const time = formatInstant(nextAttemptAt, { style: 'day', timeZone });
	return attempts > 0 ? m.alerts_state_retry({ time }) : m.alerts_state_waiting_until({ time });
}

const tones = {
	delivered: 'good',
	waiting: 'warn',
	failed: 'bad',
	kept: 'warn',
	cancelled: 'neutral'
} as const;
export const stateTone = (status: Status): (typeof tones)[Status] => tones[status];

/** Whether it makes sense to send it again: nothing could send a mail that was kept, and what was cancelled is over. */
export const canRedeliver = (status: Status): boolean => status !== 'kept' && status !== 'cancelled';

const failures: Record<EgressFailure, () => string> = {
	address: m.alerts_attempt_address,
	timeout: m.alerts_attempt_timeout,
	connection: m.alerts_attempt_connection,
	certificate: m.alerts_attempt_certificate,
	answer: m.alerts_attempt_reply
};

type Attempt = { status: number | null; error: EgressFailure | null; durationMs: number };

/** "answered 500, 12 ms". */
export function attemptText({ status, error, durationMs }: Attempt): string {
	const outcome = error ? failures[error]() : m.alerts_attempt_answer({ status: status ?? 0 });
	return `${outcome}, ${m.alerts_attempt_duration({ milliseconds: formatNumber(durationMs) })}`;
}

export const attemptsText = (count: number): string =>
	count === 0 ? m.alerts_attempts_none() : m.alerts_attempts({ count, number: formatNumber(count) });

const events: Record<WebhookEvent, () => string> = {
	'budget.alert': m.webhooks_event_budget_alert,
	'upload.done': m.webhooks_event_upload_done,
	'group.changed': m.webhooks_event_group_changed,
	'recurring.missed': m.webhooks_event_recurring_missed,
	'recurring.changed': m.webhooks_event_recurring_changed,
	'webhook.test': m.webhooks_event_test
};

export const eventText = (event: WebhookEvent): string => events[event]();
