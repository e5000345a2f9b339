/** The one shape of everything that fails: calls, uploads, downloads and the live connection. */
import { TRPCClientError } from '@trpc/client';
import { errorCodes } from '#lib/errors.ts';
import type { ErrorData } from './types.ts';

/**
 * What the server said no to, in the words of the person whose token it is. A server that could not be reached, or that answered
 * with something else than Quits does, is `UNAVAILABLE` with the reason `unreachable`, and `cause` tells more.
 */
export class QuitsError extends Error {
	override readonly name = 'QuitsError';
	/** One of a closed set. */
	readonly code: ErrorData['code'];
	/** Names the error more closely; stays the same in every language. */
	readonly reason: string;
	/** The values in the message, such as the `seconds` to wait after RATE_LIMITED. */
	readonly params: ErrorData['params'];
	/** For INVALID input: field → what is wrong with it. */
	readonly fields: Record<string, string>;
	/** For CONFLICT: the row as it is now. */
	readonly current: unknown;
	/** For a bug of the server: finds it in the server's log. */
	readonly errorId: string | undefined;

	constructor(message: string, data: ErrorData, options?: { cause?: unknown }) {
		super(message, options);
		this.code = data.code;
		this.reason = data.reason;
		this.params = data.params;
		this.fields = data.fields ?? {};
		this.current = data.current;
		this.errorId = data.errorId;
	}
}

const isErrorData = (value: unknown): value is ErrorData & { message?: string } =>
	typeof value === 'object' &&
	value !== null &&
	(errorCodes as readonly unknown[]).includes((value as { code?: unknown }).code) &&
	typeof (value as { reason?: unknown }).reason === 'string';

/** The error for a body or payload of the server that should describe one. @internal */
export function errorFrom(said: unknown, message?: string, cause?: unknown): QuitsError {
	if (!isErrorData(said)) return unreachable(cause ?? said);
	return new QuitsError(message ?? said.message ?? said.reason, said, { cause });
}

/** The error for an HTTP answer that is none of success. @internal */
export async function errorOfResponse(response: Response): Promise<QuitsError> {
	const text = await response.text().catch(() => '');
	try {
		return errorFrom(JSON.parse(text));
	} catch {
		return unreachable(new Error(`HTTP ${response.status}`));
	}
}

/** The error for what a procedure call threw. Where a whole request is refused, its body is the error of each call. @internal */
export function errorOfCall(error: unknown): QuitsError {
	if (!(error instanceof TRPCClientError)) return unreachable(error);
	if (isErrorData(error.data)) return errorFrom(error.data, error.message);
	return errorFrom(error.meta?.['responseJSON'], undefined, error);
}

/** The error when there is no answer, or one that Quits does not give. @internal */
export const unreachable = (cause: unknown): QuitsError =>
	new QuitsError(
		'The server did not answer.',
		{ code: 'UNAVAILABLE', reason: 'unreachable', params: {} },
		{ cause }
	);
