import type { App } from '../app.ts';
import { inTx, type Db, type Mail, type MailAttachment, type Tx } from '../db/client.ts';
import { claimDone } from '../outbox.ts';
import { stoppedBy } from './kinds.ts';
import { bodyPlace, filePlace, htmlPlace } from './send.ts';
import { oneClickLink } from './stop-link.ts';
import { RefusedMailError, transportOf, type Letter } from './transport.ts';

const longestError = 500;

/**
 * Sends a mail, or keeps it when there is no way to. Throws when it could not be sent now: the queue tries again. A process
 * that dies between sending and saying so sends it again, under the same id.
 */
export async function deliverMail(
	app: Pick<App, 'db' | 'sealer' | 'config'>,
	mailId: string,
	jobId: string
): Promise<void> {
	const { db, config } = app;
	const mail = await db.mail.findUnique({ where: { id: mailId }, include: { attachment: true } });
	if (mail?.status !== 'queued') return;
	const transport = transportOf(config);
	if (!transport) {
		await end((tx) => keepMail(tx, mailId));
		return;
	}
	await countAttempt(db, mailId);
	try {
		await transport(letterOf(app, mail));
	} catch (error) {
		if (!(error instanceof RefusedMailError)) throw error;
		await end((tx) => failMail(tx, mailId, error.message));
		return;
	}
	await end((tx) => markSent(tx, mailId, new Date()));

	async function end(say: (tx: Tx) => Promise<unknown>): Promise<void> {
		await inTx(db, async (tx) => {
			if (await claimDone(tx, jobId)) await say(tx);
		});
	}
}

type WithFile = Mail & { attachment: MailAttachment | null };

function letterOf(app: Pick<App, 'sealer' | 'config'>, mail: WithFile): Letter {
	const { id, userId, to, subject, body, html, unsubscribe, attachment } = mail;
	const { sealer } = app;
	const what = unsubscribe ? stoppedBy(mail.kind) : null;
	return {
		...{ id, to, subject },
		text: sealer.open(body, bodyPlace(id)),
		html: html === '' ? null : sealer.open(html, htmlPlace(id)),
		oneClick: what && userId !== null ? oneClickLink(app, userId, what) : null,
		file: attachment && {
			...{ name: attachment.name, type: attachment.type },
			base64: sealer.open(attachment.content, filePlace(id))
		}
	};
}

/** The attempts and the end of a mail are those of the deliveries that it makes. */
async function countAttempt(db: Db, mailId: string): Promise<void> {
	const attempts = { increment: 1 };
	await inTx(db, async (tx) => {
		await tx.mail.update({ where: { id: mailId }, data: { attempts } });
		await tx.delivery.updateMany({ where: { mailId }, data: { attempts } });
	});
}

async function markSent(tx: Tx, mailId: string, now: Date): Promise<void> {
	// What it opens is with the person now, and nobody needs to find it here.
	const sent = { status: 'sent', sentAt: now, body: '', html: '', error: null } as const;
	await tx.mail.update({ where: { id: mailId }, data: sent });
	await tx.mailAttachment.deleteMany({ where: { mailId } });
	await tx.delivery.updateMany({ where: { mailId }, data: { status: 'delivered', deliveredAt: now } });
}

/** It lies in the outbox, where the admin can read it; nothing tries to send it any more. */
async function keepMail(tx: Tx, mailId: string): Promise<void> {
	await tx.mail.update({ where: { id: mailId }, data: { status: 'kept' } });
	await tx.delivery.updateMany({ where: { mailId }, data: { status: 'kept' } });
}

/** Writes down why a mail was not sent. */
export async function failMail(tx: Tx, mailId: string, error: string): Promise<void> {
	const { count } = await tx.mail.updateMany({
		where: { id: mailId, status: 'queued' },
		data: { status: 'failed', error: error.slice(0, longestError) }
	});
	if (count === 1) await tx.delivery.updateMany({ where: { mailId }, data: { status: 'failed' } });
}
