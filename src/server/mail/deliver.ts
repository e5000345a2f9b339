import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { bodyPlace } from './send.ts';
import { RefusedMailError, transportOf } from './transport.ts';

const longestError = 500;

/**
 * Sends a mail, or keeps it when there is no way to. Throws when it could not be sent now: the queue tries again. A process
 * that dies between sending and saying so sends it again, under the same id.
 */
export async function deliverMail(
	{ db, sealer, config }: Pick<App, 'db' | 'sealer' | 'config'>,
	mailId: string,
	jobId: string
): Promise<void> {
	const mail = await db.mail.findUnique({ where: { id: mailId } });
	if (mail?.status !== 'queued') return;
	const transport = transportOf(config);
	if (!transport) {
		await end((tx) => tx.mail.update({ where: { id: mailId }, data: { status: 'kept' } }));
		return;
	}
	await db.mail.update({ where: { id: mailId }, data: { attempts: { increment: 1 } } });
	const { id, to, subject, body } = mail;
	try {
		await transport({ id, to, subject, text: sealer.open(body, bodyPlace(id)) });
	} catch (error) {
		if (!(error instanceof RefusedMailError)) throw error;
		await end((tx) => failMail(tx, mailId, error.message));
		return;
	}
	// What it opens is with the person now, and nobody needs to find it here.
	const sent = { status: 'sent', sentAt: new Date(), body: '', error: null } as const;
	await end((tx) => tx.mail.update({ where: { id: mailId }, data: sent }));

	async function end(say: (tx: Tx) => Promise<unknown>): Promise<void> {
		await inTx(db, async (tx) => {
			if (await claimDone(tx, jobId)) await say(tx);
		});
	}
}

/** Writes down why a mail was not sent. */
export async function failMail(tx: Tx, mailId: string, error: string): Promise<void> {
	await tx.mail.updateMany({
		where: { id: mailId, status: 'queued' },
		data: { status: 'failed', error: error.slice(0, longestError) }
	});
}
