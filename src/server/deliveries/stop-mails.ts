import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { readStopToken, type Stoppable } from '../mail/stop-link.ts';
import { stopMonthly } from '../monthly/settings.ts';
import { setChannels } from './set-channels.ts';

/** Ends the mails that a link is about; once or again is the same. Error: NOT_FOUND (the link is none of ours). */
export async function stopMails(
	{ db, sealer }: Pick<App, 'db' | 'sealer'>,
	token: string
): Promise<Stoppable> {
	const read = readStopToken({ sealer }, token);
	if (!read || (await db.user.count({ where: { id: read.userId } })) === 0) throw notFound();
	if (read.what === 'monthly') await stopMonthly(db, read.userId);
	else await setChannels(db, read.userId, { email: false });
	return read.what;
}
