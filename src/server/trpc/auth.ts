import { z } from 'zod';
import { credentials, id, registration } from '#lib/schemas.ts';
import { login } from '../auth/login.ts';
import { logout } from '../auth/logout.ts';
import { register } from '../auth/register.ts';
import { proof, provedUntil, stepUp } from '../auth/step-up.ts';
import { profile, updateProfile } from '../auth/update-profile.ts';
import { sendVerification } from '../auth/send-verification.ts';
import { publicUser } from '../auth/user.ts';
import { verification, verifyEmail } from '../auth/verify-email.ts';
import { canMail } from '../mail/transport.ts';
import { changePassword, passwordChange } from '../passwords/change.ts';
import { checkPassword, passwordToCheck } from '../passwords/check.ts';
import { requestReset, resetRequest } from '../passwords/request-reset.ts';
import { passwordReset, resetPassword } from '../passwords/reset.ts';
import { listSessions } from '../sessions/list.ts';
import { revocation, revokeSessions } from '../sessions/revoke.ts';
import { createToken, newToken } from '../tokens/create.ts';
import { listTokens } from '../tokens/list.ts';
import { revokeToken } from '../tokens/revoke.ts';
import { deleteAccount, farewell } from '../users/delete-account.ts';
import {
	anyTokenProcedure,
	enrolProcedure,
	publicProcedure,
	router,
	sessionProcedure,
	stepUpProcedure
} from './init.ts';
import { enter } from './enter.ts';
import { mfa } from './mfa.ts';
import { passkeys } from './passkeys.ts';

const sessions = router({
	list: sessionProcedure.query(({ ctx }) => listSessions(ctx.app.db, ctx.user, ctx.session)),
	/** One by its id, or `{ others: true }`: all but this one. */
	revoke: sessionProcedure
		.input(revocation)
		.mutation(async ({ ctx, input }) => ({ revoked: await revokeSessions(ctx.app, ctx.session, input) }))
});

const tokens = router({
	list: sessionProcedure.query(({ ctx }) => listTokens(ctx.app.db, ctx.user.id)),
	create: stepUpProcedure
		.input(newToken)
		.mutation(({ ctx, input }) => createToken(ctx.app, ctx.user, ctx.session, input)),
	revoke: sessionProcedure.input(z.object({ id })).mutation(async ({ ctx, input }) => {
		await revokeToken(ctx.app, ctx.user.id, input.id);
		return { ok: true };
	})
});

export const auth = router({
	/** What a visitor may do: make the first account, sign up, or only sign in. */
	entry: publicProcedure.query(async ({ ctx }) => ({
		needsSetup: (await ctx.app.db.setup.count()) === 0,
		signup: ctx.app.config.signup,
		/** Whether mail leaves this Quits; else it waits for the admin. */
		canMail: canMail(ctx.app.config)
	})),
	register: publicProcedure.input(registration).mutation(async ({ ctx, input }) => {
		const answer = await register(ctx.app, { locale: ctx.locale, ...input }, ctx);
		if (answer.status === 'ok') await enter(ctx, answer);
		return answer;
	}),
	login: publicProcedure.input(credentials).mutation(async ({ ctx, input }) => {
		const answer = await login(ctx.app, input, ctx);
		if (answer.status === 'ok') await enter(ctx, answer);
		return answer;
	}),
	logout: enrolProcedure.mutation(async ({ ctx }) => {
		await logout(ctx.app, ctx.session);
		ctx.setToken(null);
		return { ok: true };
	}),
	/** Shows again who one is, for what needs that: a second factor, or without one the password. */
	stepUp: enrolProcedure
		.input(proof)
		.mutation(({ ctx, input }) => stepUp(ctx.app, ctx.user, ctx.session, input)),
	/** Until when what was shown still counts: asked before a download that needs it, which cannot ask for it itself. */
	proof: stepUpProcedure.query(({ ctx }) => ({ until: provedUntil(ctx.session) })),
	me: anyTokenProcedure.query(({ ctx }) => publicUser(ctx.user)),
	updateProfile: sessionProcedure
		.input(profile)
		.mutation(({ ctx, input }) => updateProfile(ctx.app.db, ctx.user, input)),
	/** For good: there is no way back. */
	deleteAccount: stepUpProcedure.input(farewell).mutation(async ({ ctx, input }) => {
		await deleteAccount(ctx.app, ctx.user, input);
		ctx.setToken(null);
		return { ok: true };
	}),
	changePassword: stepUpProcedure.input(passwordChange).mutation(async ({ ctx, input }) => {
		const { token } = await changePassword(ctx.app, ctx.user, ctx.session, input);
		ctx.setToken(token);
		return { token };
	}),
	/** How strong a password is, for the meter beside a form; nothing is kept. */
	checkPassword: publicProcedure
		.input(passwordToCheck)
		.mutation(({ ctx, input }) => checkPassword(ctx.app, input, ctx)),
	requestReset: publicProcedure
		.input(resetRequest)
		.mutation(({ ctx, input }) => requestReset(ctx.app, input, ctx)),
	reset: publicProcedure
		.input(passwordReset)
		.mutation(({ ctx, input }) => resetPassword(ctx.app, input, ctx)),
	verifyEmail: publicProcedure
		.input(verification)
		.mutation(({ ctx, input }) => verifyEmail(ctx.app, input, ctx)),
	sendVerification: sessionProcedure.mutation(({ ctx }) => sendVerification(ctx.app, ctx.user)),
	mfa,
	passkeys,
	sessions,
	tokens
});
