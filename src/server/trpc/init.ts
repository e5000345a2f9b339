/** The base of every procedure: who is asking, what they may, and how errors look from outside. */
import { initTRPC, TRPCError } from '@trpc/server';
import { v7 } from 'uuid';
import { ZodError } from 'zod';
import type { ErrorCode, ErrorData } from '#lib/errors.ts';
import type { Locale } from '#lib/i18n.ts';
import type { App } from '../app.ts';
import type { ActiveSession } from '../auth/session.ts';
import { DomainError, signedOut } from '../errors.ts';
import { reasonText } from '../words.ts';

export type Context = {
	app: App;
	session: ActiveSession | null;
	address: string;
	userAgent: string;
	/** The language of words in answers: the person's own, or the browser's before they sign in. */
	locale: Locale;
	/** Keeps or forgets the session token at the caller's side (a cookie, for browsers). */
	setToken(token: string | null): void;
};

const trpcCodeOf: Record<ErrorCode, TRPCError['code']> = {
	NOT_FOUND: 'NOT_FOUND',
	FORBIDDEN: 'FORBIDDEN',
	CONFLICT: 'CONFLICT',
	INVALID: 'UNPROCESSABLE_CONTENT',
	RATE_LIMITED: 'TOO_MANY_REQUESTS',
	MFA_REQUIRED: 'UNAUTHORIZED',
	STEP_UP_REQUIRED: 'FORBIDDEN',
	TOO_LARGE: 'PAYLOAD_TOO_LARGE',
	UNAVAILABLE: 'SERVICE_UNAVAILABLE'
};

const t = initTRPC.context<Context>().create({
	isDev: false, // no stack ever leaves the server
	errorFormatter: ({ shape, error, ctx }) => {
		const { data, status } = errorData(error, ctx?.app);
		const message = reasonText(data.reason, data.params, ctx?.locale ?? 'en');
		return { ...shape, message, data: { ...data, httpStatus: status, path: shape.data.path } };
	}
});

/** What the outside learns of an error. Bugs get an id and a log line, and tell nothing else. */
function errorData(error: TRPCError, app: App | undefined): { data: ErrorData; status: number } {
	const cause = error.cause;
	if (cause instanceof DomainError) {
		const { code, reason, params, status, current } = cause;
		return { status, data: { code, reason, params, ...(current !== undefined && { current }) } };
	}
	if (cause instanceof ZodError) {
		const fields = Object.fromEntries(cause.issues.map((i) => [i.path.join('.'), i.message]));
		return { status: 422, data: { code: 'INVALID', reason: 'invalid', params: {}, fields } };
	}
	if (error.code === 'NOT_FOUND')
		return { status: 404, data: { code: 'NOT_FOUND', reason: 'not_found', params: {} } };
	if (error.code === 'PAYLOAD_TOO_LARGE') {
		return { status: 413, data: { code: 'TOO_LARGE', reason: 'too_large', params: {} } };
	}
	if (error.code !== 'INTERNAL_SERVER_ERROR') {
		return { status: 400, data: { code: 'INVALID', reason: 'invalid', params: {} } };
	}
	const errorId = v7();
	app?.log.error({ err: cause ?? error, errorId }, 'a procedure failed');
	return { status: 500, data: { code: 'UNAVAILABLE', reason: 'unexpected', params: {}, errorId } };
}

export const router = t.router;

/** Gives a DomainError the tRPC code that carries its HTTP status. */
const domainErrors = t.middleware(async ({ next }) => {
	const result = await next();
	if (!result.ok && result.error.cause instanceof DomainError) {
		const { cause } = result.error;
		const code = cause.status === 401 ? 'UNAUTHORIZED' : trpcCodeOf[cause.code];
		throw new TRPCError({ code, cause, message: cause.reason });
	}
	return result;
});

/** Anyone, signed in or not. */
export const publicProcedure = t.procedure.use(domainErrors);

/** Somebody signed in: the handler gets them as `ctx.user`. */
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
	if (!ctx.session) throw signedOut();
	return next({ ctx: { ...ctx, session: ctx.session, user: ctx.session.user } });
});
