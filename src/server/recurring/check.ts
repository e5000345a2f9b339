import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { detectRecurring } from './detect.ts';

/**
 * Looks at every account with recurring payments again, because days pass without anything being imported: dates go by that
 * a payment was expected on. Harmless to do twice.
 */
export async function checkRecurring(app: Pick<App, 'db' | 'live'>, jobId: string): Promise<void> {
	const accounts = await app.db.recurring.findMany({
		where: { ended: false },
		distinct: ['accountId', 'merchantKey'],
		select: { accountId: true, userId: true, merchantKey: true }
	});
	for (const [accountId, rows] of Map.groupBy(accounts, (row) => row.accountId)) {
		const merchantKeys = rows.map((row) => row.merchantKey);
		await detectRecurring(app, { userId: rows[0]!.userId, accountId, merchantKeys });
	}
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}
