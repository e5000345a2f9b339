import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { mailView, type MailView } from './list.ts';
import { bodyPlace } from './send.ts';

/** One mail with its text, for the admin; the text is null once it has been sent. Errors: NOT_FOUND. */
export async function getMail(
	{ db, sealer }: Pick<App, 'db' | 'sealer'>,
	id: string
): Promise<MailView & { body: string | null }> {
	const mail = await db.mail.findUnique({ where: { id } });
	if (!mail) throw notFound();
	return { ...mailView(mail), body: mail.body === '' ? null : sealer.open(mail.body, bodyPlace(id)) };
}
