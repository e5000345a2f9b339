import { percentText, spentOfText } from '#lib/budgets/used.ts';
import { formatAmount, formatDate, formatNumber } from '#lib/i18n.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Outputs } from '#lib/trpc.ts';

export type Notification = Outputs['notifications']['list']['items'][number];

/** What a notification says, in one sentence, and the page it is about. */
export function describe(notification: Notification): { text: string; detail: string | null; href: string } {
	switch (notification.kind) {
		case 'upload_done': {
			const { filename, imported, duplicates, rejected, uploadId } = notification.params;
			return {
				text:
					imported > 0
						? m.notification_upload_done({ filename })
						: m.notification_upload_nothing_new({ filename }),
				detail: m.home_upload_done({
					imported: formatNumber(imported),
					duplicates: formatNumber(duplicates),
					rejected: formatNumber(rejected)
				}),
				href: `/uploads/${uploadId}`
			};
		}
		case 'upload_failed': {
			const { filename, uploadId } = notification.params;
			return {
				text: m.notification_upload_failed({ filename }),
				detail: notification.reason,
				href: `/uploads/${uploadId}`
			};
		}
		case 'recurring_missed': {
			const { merchant, date, recurringId } = notification.params;
			return {
				text: m.notification_recurring_missed({ merchant, date: formatDate(date) }),
				detail: m.notification_recurring_missed_hint(),
				href: `/recurring#${recurringId}`
			};
		}
		case 'recurring_changed': {
			const { merchant, before, after, currency, recurringId } = notification.params;
			return {
				text: m.notification_recurring_changed({ merchant }),
				detail: m.notification_recurring_changed_hint({
					before: formatAmount(before, currency),
					after: formatAmount(after, currency)
				}),
				href: `/recurring#${recurringId}`
			};
		}
		case 'budget_alert': {
			const { budgetId, budgetName, percent, spent, amount, currency } = notification.params;
			return {
				text:
					percent >= 100
						? m.notification_budget_burst({ name: budgetName })
						: m.notification_budget_alert({ name: budgetName, percent: percentText(percent) }),
				detail: spentOfText({ spent, limit: amount, currency }),
				href: `/budgets/${budgetId}`
			};
		}
		case 'alert_test':
			return { text: m.notification_alert_test(), detail: null, href: '/settings/alerts' };
	}
}
