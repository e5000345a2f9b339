import { problemOf } from '../http.ts';
import type { Log } from '../log.ts';
import { DomainError } from '../errors.ts';

/**
 * What is answered instead of a file. A browser that followed a link shows whatever comes, so it is sent to the downloads, which
 * say why (`?refused=`), or to sign in from there; everybody else gets the problem as JSON.
 */
export function refused(error: unknown, request: Request, locale: string, log: Log): Response {
	const answer = problemOf(error, locale, log);
	const isFollowed = /\btext\/html\b/.test(request.headers.get('accept') ?? '');
	if (!isFollowed) return answer;
	return new Response(null, { status: 303, headers: { location: `/exports${asRefusal(error)}` } });
}

/** The query of an address that tells why: `refused` is a reason, `seconds` how long to wait. Empty for who has to sign in first. */
function asRefusal(error: unknown): string {
	if (!(error instanceof DomainError)) return '?refused=unexpected';
	const { reason, fields = {}, params } = error;
	if (reason === 'signed_out') return '';
	const query = new URLSearchParams({ refused: Object.values(fields)[0] ?? reason });
	if (params['seconds'] !== undefined) query.set('seconds', String(params['seconds']));
	return `?${query}`;
}
