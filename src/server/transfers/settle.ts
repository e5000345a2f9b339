import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { findTransfers, leaveHalvesAlone } from './find.ts';

/**
 * Looks at a person's transfers again: after transactions have gone, or (with `accountId`) an account is called otherwise. Called by
 * jobs/transfers-find.ts; can be cut short and done again.
 */
export async function settleTransfers(
	app: Pick<App, 'db' | 'live' | 'models'>,
	{ userId, accountId }: { userId: string; accountId?: string },
	jobId: string
): Promise<void> {
	await leaveHalvesAlone(app, userId);
	if (accountId !== undefined) await findTransfers(app, userId, { accountId });
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}
