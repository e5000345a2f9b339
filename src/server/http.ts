/** What the plain HTTP endpoints share: errors as JSON, and bodies that end at a limit. */
import { v7 } from 'uuid';
import type { ErrorData } from '#lib/errors.ts';
import type { Log } from './log.ts';
import { DomainError } from './errors.ts';
import { reasonText } from './words.ts';

/** An error as an HTTP answer: its status, and `{ code, reason, message, … }` with the message in the reader's language. */
export function problem(error: DomainError, locale: string, errorId?: string): Response {
	const { code, reason, params } = error;
	const body: ErrorData & { message: string } = {
		code,
		reason,
		params,
		message: reasonText(reason, params, locale),
		...(errorId && { errorId })
	};
	return Response.json(body, { status: error.status });
}

/** The same for whatever was thrown; a bug is logged and tells nothing but the id to find it by. */
export function problemOf(error: unknown, locale: string, log: Log): Response {
	if (error instanceof DomainError) return problem(error, locale);
	const errorId = v7();
	log.error({ err: error, errorId }, 'an endpoint failed');
	return problem(new DomainError('UNAVAILABLE', 'unexpected', { status: 500 }), locale, errorId);
}

/**
 * A request's body, read up to `limit` bytes. What comes after is read and dropped, so that the sender hears the answer
 * instead of a broken connection. Errors: TOO_LARGE (`tooLarge`), INVALID (a body that breaks off).
 */
export async function readBody(
	request: Request,
	limit: number,
	tooLarge: DomainError
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const piece of request.body ?? []) {
			size += piece.length;
			if (size <= limit) pieces.push(piece);
			else if (size > limit * 4) break;
		}
	} catch {
		throw new DomainError('INVALID'); // the sender is gone: nobody hears the answer, and it is no bug of ours
	}
	if (size > limit) throw tooLarge;
	const body = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		body.set(piece, at);
		at += piece.length;
	}
	return body;
}
