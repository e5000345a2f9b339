import type { Db } from '../db/client.ts';
import { webhookView, type WebhookView } from './view.ts';

/** A person's endpoints, the oldest first. */
export async function listWebhooks(db: Db, userId: string): Promise<WebhookView[]> {
	const rows = await db.webhookEndpoint.findMany({ where: { userId }, orderBy: { id: 'asc' } });
	return rows.map((row) => webhookView(row));
}
