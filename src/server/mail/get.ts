import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { mailView, type MailView } from './list.ts';
import { bodyPlace, htmlPlace } from './send.ts';

/** One mail with its text and HTML, for the admin; both are null once it has been sent, and of the
 * report of a month, which is nobody's business but the reader's. Errors: NOT_FOUND. */
export async function getMail(
	{ db, sealer }: Pick<App, 'db' | 'sealer'>,
	id: string
): Promise<MailView & { body: string | null; html: string | null }> {
	const mail = await db.mail.findUnique({ where: { id } });
	if (!mail) throw notFound();
	const isOpen = mail.kind !== 'monthly_report';
	const opened = (sealed: string, place: string) =>
		isOpen && sealed !== '' ? sealer.open(sealed, place) : null;
	return {
		...mailView(mail),
		body: opened(mail.body, bodyPlace(id)),
		html: opened(mail.html, htmlPlace(id))
	};
}
