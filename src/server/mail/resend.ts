import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { enqueue } from '../outbox.ts';

/** Tries again to send a mail that was kept or has failed. Errors: NOT_FOUND, CONFLICT (`mail_sent`). */
export async function resendMail({ db }: Pick<App, 'db'>, id: string): Promise<{ ok: true }> {
	return inTx(db, async (tx) => {
		const { count } = await tx.mail.updateMany({
			where: { id, status: { in: ['kept', 'failed'] } },
			data: { status: 'queued', attempts: 0, error: null }
		});
		if (count === 1) {
			await tx.delivery.updateMany({ where: { mailId: id }, data: { status: 'waiting' } });
			await enqueue(tx, 'mail-send', { mailId: id });
		} else {
			const mail = await tx.mail.findUnique({ where: { id }, select: { status: true } });
			if (!mail) throw notFound();
			if (mail.status === 'sent') throw new DomainError('CONFLICT', 'mail_sent');
		}
		return { ok: true };
	});
}
