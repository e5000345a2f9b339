/** The closed set of error codes that the API answers with. A bug of ours is UNAVAILABLE with an `errorId`. */
export const errorCodes = [
	'NOT_FOUND',
	'FORBIDDEN',
	'CONFLICT',
	'INVALID',
	'RATE_LIMITED',
	'MFA_REQUIRED',
	'STEP_UP_REQUIRED',
	'TOO_LARGE',
	'UNAVAILABLE'
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a failed call carries beside its message, on tRPC (`error.data`) and on HTTP (the JSON body). */
export type ErrorData = {
	code: ErrorCode;
	/** Names the message people read: `error_<reason>`. */
	reason: string;
	params: Record<string, string | number>;
	/** For INVALID input: which fields, and what is wrong with each. */
	fields?: Record<string, string>;
	/** The same in words, in the reader's language. */
	fieldMessages?: Record<string, string>;
	/** For CONFLICT: the row as it is now. */
	current?: unknown;
	/** For a bug of ours: the log line that has it tells more. */
	errorId?: string;
};
