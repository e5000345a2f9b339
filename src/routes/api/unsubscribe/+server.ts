import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#server/app.ts';
import { stopMails } from '#server/deliveries/stop-mails.ts';
import { DomainError } from '#server/errors.ts';
import { problemOf } from '#server/http.ts';
import type { Stoppable } from '#server/mail/stop-link.ts';

/** Whoever opens the address of the header gets the page that asks: programs that look through mail open addresses too. */
export const GET: RequestHandler = ({ url }) => {
	const { searchParams } = url;
	const about = searchParams.get('about');
	const query = { token: searchParams.get('token') ?? '', ...(about !== null && { about }) };
	redirect(303, `/unsubscribe?${new URLSearchParams(query)}`);
};

/**
 * Ends mails by one click in a mail program (RFC 8058), which has no session and need not follow anywhere. The form
 * of the page, which says so by `page`, is led back to it.
 */
export const POST: RequestHandler = async ({ url, locals }) => {
	const fromPage = url.searchParams.has('page');
	let ended: Stoppable;
	try {
		ended = await stopMails(app(), url.searchParams.get('token') ?? '');
	} catch (error) {
		if (fromPage && error instanceof DomainError) redirect(303, '/unsubscribe');
		return problemOf(error, locals.locale, app().log);
	}
	if (fromPage) redirect(303, ended === 'alerts' ? '/unsubscribe?done' : `/unsubscribe?done&about=${ended}`);
	return new Response('ok', { headers: { 'content-type': 'text/plain' } });
};
