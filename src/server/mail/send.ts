import { v7 } from 'uuid';
import { asLocale } from '#lib/i18n.ts';
import type { App } from '../app.ts';
import type { Tx } from '../db/client.ts';
import { enqueue } from '../outbox.ts';
import { contentOf, footerOf, stoppedBy, type MailKind, type MailParams } from './kinds.ts';

export type NewMail<K extends MailKind> = {
	to: string;
	/** Whom it is to, if they have an account; times are then told in their time zone. */
	userId?: string;
	locale: string;
	kind: K;
	params: MailParams[K];
	file?: MailFile;
};

/** What goes out with a mail. Its `name` is plain ASCII. */
export type MailFile = { name: string; type: string; bytes: Buffer };

/** What a mail's text, and the same as HTML, are sealed for. */
export const bodyPlace = (mailId: string): string => `mail:${mailId}`;
export const htmlPlace = (mailId: string): string => `mail-html:${mailId}`;
export const filePlace = (mailId: string): string => `mail-file:${mailId}`;

/** Writes a mail as part of the transaction; it is sent after the commit (deliver.ts). Returns its id. */
export async function sendMail<K extends MailKind>(
	tx: Tx,
	{ sealer, config }: Pick<App, 'sealer' | 'config'>,
	{ to, userId, locale, kind, params, file }: NewMail<K>,
	now = new Date()
): Promise<string> {
	const id = v7();
	const reader = userId
		? await tx.user.findUnique({ where: { id: userId }, select: { timeZone: true } })
		: null;
	const place = {
		locale: asLocale(locale),
		timeZone: reader?.timeZone ?? 'UTC',
		now,
		publicUrl: config.publicUrl
	};
	const content = contentOf(kind, params, place);
	// Loaded with the first mail: most of the time a process writes none.
	const { renderMail } = await import('./render.ts');
	const { html, text } = renderMail(content, { ...place, footer: footerOf(place) });
	await tx.mail.create({
		data: {
			...{ id, userId: userId ?? null, to, kind, subject: content.subject, createdAt: now },
			body: sealer.seal(text, bodyPlace(id)),
			html: sealer.seal(html, htmlPlace(id)),
			unsubscribe: stoppedBy(kind) !== null
		}
	});
	if (file) {
		const { name, type, bytes } = file;
		const content = sealer.seal(bytes.toString('base64'), filePlace(id));
		await tx.mailAttachment.create({ data: { mailId: id, name, type, content } });
	}
	await enqueue(tx, 'mail-send', { mailId: id });
	return id;
}
