import type { App } from '../app.ts';
import { inTx, type Session } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { requireSession } from '../sessions/require.ts';
import { newSecret, overlapMs, secretPlace } from './secret.ts';
import { webhookView, type WebhookView } from './view.ts';

/**
 * Gives an endpoint another secret, which is shown this once. For a day the one before signs too (and one before that no
 * more), so that the far side can change over. Error: NOT_FOUND.
 */
export async function rotateSecret(
	{ db, sealer }: Pick<App, 'db' | 'sealer'>,
	session: Session,
	id: string,
	now = new Date()
): Promise<WebhookView & { secret: string }> {
	const secret = newSecret();
	return inTx(db, async (tx) => {
		await requireSession(tx, session);
		const known = await tx.webhookEndpoint.findFirst({ where: { id, userId: session.userId } });
		if (!known) throw notFound();
		const row = await tx.webhookEndpoint.update({
			where: { id },
			data: {
				secret: sealer.seal(secret, secretPlace(id)),
				previousSecret: known.secret,
				previousUntil: new Date(now.getTime() + overlapMs)
			}
		});
		return { ...webhookView(row, now), secret };
	});
}
