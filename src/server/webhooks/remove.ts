import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

/** Removes an endpoint with its log; nothing more is sent there. Error: NOT_FOUND. */
export async function removeWebhook(db: Db, userId: string, id: string): Promise<void> {
	const { count } = await db.webhookEndpoint.deleteMany({ where: { id, userId } });
	if (count === 0) throw notFound();
}
