import type { App } from '../app.ts';
import { newEmailToken } from '../auth/email-token.ts';
import { inTx } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { claimDone } from '../outbox.ts';

/** Mails a link to choose a new password, if the address is somebody's who may sign in. */
export async function sendReset(
	app: Pick<App, 'db' | 'sealer' | 'config'>,
	email: string,
	jobId: string
): Promise<void> {
	await inTx(app.db, async (tx) => {
		if (!(await claimDone(tx, jobId))) return;
		const user = await tx.user.findUnique({ where: { email } });
		if (!user || user.disabledAt) return;
		const token = await newEmailToken(tx, user.id, 'reset');
		// In the fragment a browser keeps it to itself: no log and no Referer has it.
		const link = `${app.config.publicUrl}/reset#${token}`;
		const { id: userId, locale } = user;
		await sendMail(tx, app, { to: email, userId, locale, kind: 'reset', params: { link } });
	});
}
