import { v7 } from 'uuid';
import { asLocale } from '#lib/i18n.ts';
import type { App } from '../app.ts';
import type { Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';
import { writeMail, type MailKind, type MailParams } from './kinds.ts';

export type NewMail<K extends MailKind> = {
	to: string;
	/** Whom it is to, if they have an account; times are then told in their time zone. */
	userId?: string;
	locale: string;
	kind: K;
	params: MailParams[K];
};

/** What a mail's body is sealed for. */
export const bodyPlace = (mailId: string): string => `mail:${mailId}`;

/** Writes a mail as part of the transaction; it is sent after the commit (deliver.ts). Returns its id. */
export async function sendMail<K extends MailKind>(
	tx: Tx,
	{ sealer, config }: Pick<App, 'sealer' | 'config'>,
	{ to, userId, locale, kind, params }: NewMail<K>,
	now = new Date()
): Promise<string> {
	const id = v7();
	const reader = userId
		? await tx.user.findUnique({ where: { id: userId }, select: { timeZone: true } })
		: null;
	const { subject, body } = writeMail(kind, params, {
		locale: asLocale(locale),
		timeZone: reader?.timeZone ?? 'UTC',
		now,
		publicUrl: config.publicUrl
	});
	const sealed = sealer.seal(body, bodyPlace(id));
	await tx.mail.create({
		data: { id, userId: userId ?? null, to, kind, subject, body: sealed, createdAt: now }
	});
	await enqueue(tx, 'mail-send', { mailId: id });
	return id;
}
