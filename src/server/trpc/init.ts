/** The base of every procedure: who is asking, what they may, and how errors look from outside. */
import { initTRPC, TRPCError } from '@trpc/server';
import { v7 } from 'uuid';
import { z, ZodError } from 'zod';
import type { ErrorCode, ErrorData } from '#lib/errors.ts';
import type { Locale } from '#lib/i18n.ts';
import { actionsSchema } from '#lib/rules/rule.ts';
import { id } from '#lib/schemas.ts';
import { scopes, type Scope } from '#lib/scopes.ts';
import type { App } from '../app.ts';
import { admit, type Access } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/identify.ts';
import { findBudget } from '../budgets/find.ts';
import type { Db, Session } from '../db/client.ts';
import { DomainError, invalidInput } from '../errors.ts';
import {
	findMembership,
	membershipByExpense,
	membershipByInvite,
	membershipBySchedule,
	membershipBySettlement,
	type Membership
} from '../groups/membership.ts';
import { fieldTexts, reasonText } from '../words.ts';

export type Context = Caller & {
	app: App;
	identity: Identity | null;
	/** The session of the cookie that came along: a new sign-in takes its place. */
	cookieSession?: Session | undefined;
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

/** Who may call a procedure; every one has it, and the access matrix is made from it. */
export type Meta = { access: Access | 'anyone' };

const t = initTRPC
	.context<Context>()
	.meta<Meta>()
	.create({
		isDev: false, // no stack ever leaves the server
		errorFormatter: ({ shape, error, ctx }) => {
			const { data, status } = errorData(error, ctx?.app);
			const locale = ctx?.locale ?? 'en';
			const message = reasonText(data.reason, data.params, locale);
			const words = data.fields && { fieldMessages: fieldTexts(data.fields, locale) };
			return { ...shape, message, data: { ...data, ...words, httpStatus: status, path: shape.data.path } };
		}
	});

/** What the outside learns of an error. Bugs get an id and a log line, and tell nothing else. */
function errorData(error: TRPCError, app: App | undefined): { data: ErrorData; status: number } {
	const cause = error.cause;
	if (cause instanceof DomainError) {
		const { code, reason, params, status, current, fields } = cause;
		const more = { ...(current !== undefined && { current }), ...(fields && { fields }) };
		return { status, data: { code, reason, params, ...more } };
	}
	if (cause instanceof ZodError) {
		const { code, reason, params, status, fields } = invalidInput(cause);
		return { status, data: { code, reason, params, ...(fields && { fields }) } };
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
export const publicProcedure = t.procedure.use(domainErrors).meta({ access: 'anyone' });

/** Lets in whom `admit` lets in, and counts the call. The handler gets the person as `ctx.user`. */
const admitting = (access: Access) =>
	publicProcedure.meta({ access }).use(async ({ ctx, next }) => {
		const identity = admit(ctx.identity, access);
		await ctx.app.limits.takeOften('call', identity.user.id);
		return next({ ctx: { ...ctx, identity, user: identity.user } });
	});

/** For the person themselves, in a session: no API token will do. The handler gets the session as `ctx.session`. */
const inSession = (access: Omit<Access, 'scopes'> = {}) =>
	admitting({ ...access, scopes: [] }).use(({ ctx, next }) => {
		const { by } = ctx.identity;
		if (by.kind !== 'session') throw new DomainError('FORBIDDEN', 'session_only');
		return next({ ctx: { ...ctx, session: by.session } });
	});

/** With any API token, whatever it may do. */
export const anyTokenProcedure = admitting({ scopes });
export const readProcedure = admitting({ scopes: ['read'] });
export const writeProcedure = admitting({ scopes: ['write'] });
/** For a rule; one that splits with a group acts there, too. */
export const ruleProcedure = writeProcedure
	.input(z.object({ actions: actionsSchema.optional() }))
	.use(({ ctx, input, next }) => {
		if (input.actions?.split) admit(ctx.identity, { scopes: ['groups'] });
		return next();
	});
export const importProcedure = admitting({ scopes: ['import'] });
/** Whoever may import may see what becomes of it. */
export const importReadProcedure = admitting({ scopes: ['read', 'import'] });

export const sessionProcedure = inSession();
/** Open also to somebody who has yet to add a second factor. */
export const enrolProcedure = inSession({ enrolling: true });
/** The person has just shown that it is them. */
export const stepUpProcedure = inSession({ stepUp: true });
export const enrolStepUpProcedure = inSession({ enrolling: true, stepUp: true });

export const adminProcedure = admitting({ scopes: ['admin'], admin: true });
export const adminStepUpProcedure = inSession({ admin: true, stepUp: true });

/** For what is not in a group yet: a list of them, a new one, a way into one. */
export const groupsReadProcedure = admitting({ scopes: ['read', 'groups'] });
export const groupsProcedure = admitting({ scopes: ['groups'] });

const namedGroup = z.object({ groupId: id });
/** Ties what is in a group to a transaction of the sender's own bank. */
const tie = z.object({ transactionId: id.nullish() });

/** Tying changes what counts as the person's own spending: a token for groups alone does not do. Untying frees it again. */
function admitTie(identity: Identity, { transactionId }: z.output<typeof tie>): void {
	if (transactionId) admit(identity, { scopes: ['write'] });
}

/** For a member of a group, named by `groupId`. The handler gets the proof as `ctx.membership`, and no id of its own. */
const inGroup = (scopes: readonly Scope[]) =>
	admitting({ scopes })
		.input(namedGroup)
		.use(async ({ ctx, input, next }) => {
			const membership = await findMembership(ctx.app.db, ctx.user.id, input.groupId);
			return next({ ctx: { ...ctx, membership } });
		});
export const groupReadProcedure = inGroup(['read', 'groups']);
/** The answer tells of the person's own bank accounts too: a token for groups alone does not do. */
export const groupAndMoneyReadProcedure = inGroup(['read']);
export const groupProcedure = inGroup(['groups']);
/** For what may be tied to the sender's own bank, too. */
export const groupTyingProcedure = groupProcedure.input(tie).use(({ ctx, input, next }) => {
	admitTie(ctx.identity, input);
	return next();
});
/** For a member who has just shown that it is them. */
export const groupStepUpProcedure = stepUpProcedure.input(namedGroup).use(async ({ ctx, input, next }) => {
	const membership = await findMembership(ctx.app.db, ctx.user.id, input.groupId);
	return next({ ctx: { ...ctx, membership } });
});

/** For a member of the group that something is in, named by its own `id`. */
const inGroupOf = (
	scopes: readonly Scope[],
	find: (db: Db, userId: string, id: string) => Promise<Membership>
) =>
	admitting({ scopes })
		.input(z.object({ id }))
		.use(async ({ ctx, input, next }) => {
			const membership = await find(ctx.app.db, ctx.user.id, input.id);
			return next({ ctx: { ...ctx, membership } });
		});
export const expenseReadProcedure = inGroupOf(['read', 'groups'], membershipByExpense);
export const expenseProcedure = inGroupOf(['groups'], membershipByExpense);
export const expenseTyingProcedure = expenseProcedure.input(tie).use(({ ctx, input, next }) => {
	admitTie(ctx.identity, input);
	return next();
});
export const settlementProcedure = inGroupOf(['groups'], membershipBySettlement);
export const settlementTyingProcedure = settlementProcedure.input(tie).use(({ ctx, input, next }) => {
	admitTie(ctx.identity, input);
	return next();
});
/** For a member of the group of an expense that somebody has a share in. */
export const shareProcedure = admitting({ scopes: ['groups'] })
	.input(z.object({ expenseId: id }))
	.use(async ({ ctx, input, next }) => {
		const membership = await membershipByExpense(ctx.app.db, ctx.user.id, input.expenseId);
		return next({ ctx: { ...ctx, membership } });
	});
export const inviteProcedure = inGroupOf(['groups'], membershipByInvite);
export const scheduleProcedure = inGroupOf(['groups'], membershipBySchedule);

/** What an API token must be allowed to, where it depends on whose a thing is: the person's own money, or a group's. */
type EitherScopes = { own: readonly Scope[]; group: readonly Scope[] };
const reading: EitherScopes = { own: ['read'], group: ['read', 'groups'] };
const writing: EitherScopes = { own: ['write'], group: ['groups'] };
const anyOf = ({ own, group }: EitherScopes): Scope[] => [...new Set([...own, ...group])];

/** For somebody's own budget or one of a group they are in, named by its `id`. The handler gets the proof as `ctx.budget`. */
const holdingBudget = (scopes: EitherScopes) =>
	admitting({ scopes: anyOf(scopes) })
		.input(z.object({ id }))
		.use(async ({ ctx, input, next }) => {
			const budget = await findBudget(ctx.app.db, ctx.user.id, input.id);
			admit(ctx.identity, { scopes: budget.membership ? scopes.group : scopes.own });
			return next({ ctx: { ...ctx, budget } });
		});
export const budgetReadProcedure = holdingBudget(reading);
export const budgetProcedure = holdingBudget(writing);

/** For a budget that is not there yet: one's own or, with `groupId`, a group's. The handler gets whose as `ctx.holder`. */
const holding = (scopes: EitherScopes) =>
	admitting({ scopes: anyOf(scopes) })
		.input(z.object({ groupId: id.nullish() }))
		.use(async ({ ctx, input, next }) => {
			const { id: userId, timeZone } = ctx.user;
			const membership = input.groupId ? await findMembership(ctx.app.db, userId, input.groupId) : null;
			admit(ctx.identity, { scopes: membership ? scopes.group : scopes.own });
			return next({ ctx: { ...ctx, holder: { userId, timeZone, membership } } });
		});
export const newBudgetReadProcedure = holding(reading);
export const newBudgetProcedure = holding(writing);
