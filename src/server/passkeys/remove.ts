import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { sendMail } from '../mail/send.ts';

/** Takes a passkey back: from then on it opens nothing here. Errors: NOT_FOUND. */
export async function removePasskey(app: App, user: SessionUser, id: string): Promise<void> {
	await inTx(app.db, async (tx) => {
		const passkey = await tx.passkey.findFirst({ where: { id, userId: user.id } });
		if (!passkey) throw notFound();
		await tx.passkey.deleteMany({ where: { id, userId: user.id } });
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'passkey_removed',
			params: { name: passkey.name }
		});
	});
}
