import type { WebhookData } from './webhooks.ts';

/** What people are notified of, and what each kind carries. The words are messages: `notification_<kind>`. */
export type NotificationParams = {
	upload_done: { uploadId: string; filename: string; imported: number; duplicates: number; rejected: number };
	/** `reason` is the code of the error. */
	upload_failed: { uploadId: string; filename: string; reason: string; [param: string]: string | number };
	/** A confirmed recurring payment did not come on its date. */
	recurring_missed: { recurringId: string; merchant: string; date: string };
	/** A recurring payment has another price than before; amounts in minor units. */
	recurring_changed: {
		recurringId: string;
		merchant: string;
		before: number;
		after: number;
		currency: string;
	};
	/** Spending has crossed a threshold of a budget. */
	budget_alert: WebhookData['budget.alert'];
	/** Somebody tries out how alerts reach them. */
	alert_test: Record<string, never>;
};

export type NotificationKind = keyof NotificationParams;
