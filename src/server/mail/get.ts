import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { mailView, type MailView } from './list.ts';
import { bodyPlace, htmlPlace } from './send.ts';

/** One mail with its text and HTML, for the admin; both are null once it has been sent. Errors: NOT_FOUND. */
export async function getMail(
	{ db, sealer }: Pick<App, 'db' | 'sealer'>,
	id: string
): Promise<MailView & { body: string | null; html: string | null }> {
	const mail = await db.mail.findUnique({ where: { id } });
	if (!mail) throw notFound();
	const opened = (sealed: string, place: string) => (sealed === '' ? null : sealer.open(sealed, place));
	return {
		...mailView(mail),
		body: opened(mail.body, bodyPlace(id)),
		html: opened(mail.html, htmlPlace(id))
	};
}
