import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { readStopToken } from '../mail/stop-link.ts';
import { setChannels } from './set-channels.ts';

/** Ends the mails with alerts that a link is about; once or again is the same. Error: NOT_FOUND (the link is none of ours). */
export async function stopMails(app: Pick<App, 'db' | 'sealer'>, token: string): Promise<void> {
	const userId = readStopToken(app, token);
	if (userId === null || (await app.db.user.count({ where: { id: userId } })) === 0) throw notFound();
	await setChannels(app.db, userId, { email: false });
}
