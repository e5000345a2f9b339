import type { z } from 'zod';
import type { ErrorCode } from '#lib/errors.ts';

/** Values that fill the message of an error. */
export type ErrorParams = Record<string, string | number>;

const statusOf: Record<ErrorCode, number> = {
	NOT_FOUND: 404,
	FORBIDDEN: 403,
	CONFLICT: 409,
	INVALID: 422,
	RATE_LIMITED: 429,
	MFA_REQUIRED: 401,
	STEP_UP_REQUIRED: 403,
	TOO_LARGE: 413,
	UNAVAILABLE: 503
};

/**
 * The one way a verb says no. Mapped once to tRPC (trpc/init.ts) and once to HTTP (http.ts); anything else that is thrown
 * is a bug. `reason` names the message people read (`error_<reason>`), `params` fill it.
 */
export class DomainError extends Error {
	readonly code: ErrorCode;
	readonly reason: string;
	readonly params: ErrorParams;
	readonly status: number;
	/** For CONFLICT: the row as it is now. */
	readonly current: unknown;
	/** For INVALID: what is wrong with which field of the input. */
	readonly fields: Record<string, string> | undefined;

	constructor(
		code: ErrorCode,
		reason: string = code.toLowerCase(),
		options: {
			params?: ErrorParams;
			status?: number;
			current?: unknown;
			fields?: Record<string, string>;
		} = {}
	) {
		super(`${code}: ${reason}`);
		this.code = code;
		this.reason = reason;
		this.params = options.params ?? {};
		this.status = options.status ?? statusOf[code];
		this.current = options.current;
		this.fields = options.fields;
	}
}

/** Missing and forbidden look the same from outside. */
export const notFound = (): DomainError => new DomainError('NOT_FOUND');

/** Nobody is signed in. */
export const signedOut = (): DomainError => new DomainError('FORBIDDEN', 'signed_out', { status: 401 });

/** Input that its schema does not take, with what is wrong with which field. */
export const invalidInput = ({ issues }: z.core.$ZodError): DomainError =>
	new DomainError('INVALID', 'invalid', {
		fields: Object.fromEntries(issues.map((issue) => [issue.path.join('.'), fieldCode(issue)]))
	});

/** What is wrong with a field, by the code that we have given it; a library's own words, in its language, say less. */
function fieldCode({ code, message, ...issue }: z.core.$ZodIssue): string {
	if (/^[a-z][a-z_]*$/.test(message)) return message;
	return code === 'too_big' && 'origin' in issue && issue.origin === 'string' ? 'too_long' : 'field';
}
