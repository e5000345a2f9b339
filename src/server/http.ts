/** What the plain HTTP endpoints share: errors as JSON, and bodies that end at a limit. */
import { v7 } from 'uuid';
import type { ErrorData } from '#lib/errors.ts';
import type { Log } from './log.ts';
import { DomainError } from './errors.ts';
import { fieldTexts, reasonText } from './words.ts';

/** What is told of an error: `{ code, reason, message, … }` with the message in the reader's language. */
export function problemBody(
	{ code, reason, params, fields }: DomainError,
	locale: string,
	errorId?: string
): ErrorData & { message: string } {
	const message = reasonText(reason, params, locale);
	const wrong = fields && { fields, fieldMessages: fieldTexts(fields, locale) };
	return { code, reason, params, message, ...wrong, ...(errorId && { errorId }) };
}

/** An error as an HTTP answer: its status, and {@link problemBody}. */
export const problem = (error: DomainError, locale: string, errorId?: string): Response =>
	Response.json(problemBody(error, locale, errorId), { status: error.status, headers: retryAfter(error) });

/** For a limit that was reached: when to come again. */
export const retryAfter = ({ code, params }: DomainError): Record<string, string> =>
	code === 'RATE_LIMITED' ? { 'retry-after': String(params['seconds'] ?? 60) } : {};

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

// Nothing that we take is nested deeper than a few levels; reading deep nesting costs stack, not bytes.
const maxDepth = 32;

/**
 * The body of a call, if it says that it is JSON and is not nested too deep. A page of somebody else can make a browser send
 * forms and text, but not JSON without asking us first. Errors: INVALID (`not_json` 415, `too_deep`).
 */
export function checkJson<Body extends Uint8Array>(request: Request, body: Body): Body {
	const type = request.headers.get('content-type') ?? '';
	if (!/^application\/json\s*(;|$)/i.test(type))
		throw new DomainError('INVALID', 'not_json', { status: 415 });
	if (depthOf(body) > maxDepth) throw new DomainError('INVALID', 'too_deep');
	return body;
}

const [quote, backslash, open1, open2, close1, close2] = Buffer.from('"\\[{]}') as unknown as [
	number,
	number,
	number,
	number,
	number,
	number
];

/** How deep the brackets of a JSON text go. Text that is no JSON gets some number: reading it fails later. */
function depthOf(json: Uint8Array): number {
	let depth = 0;
	let deepest = 0;
	let inText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at];
		if (inText) {
			if (byte === backslash) at++;
			else if (byte === quote) inText = false;
		} else if (byte === quote) inText = true;
		else if (byte === open1 || byte === open2) deepest = Math.max(deepest, ++depth);
		else if (byte === close1 || byte === close2) depth--;
	}
	return deepest;
}
