import { credentials, registration } from '#lib/schemas.ts';
import { login } from '../auth/login.ts';
import { logout } from '../auth/logout.ts';
import { register } from '../auth/register.ts';
import { profile, updateProfile } from '../auth/update-profile.ts';
import { publicUser } from '../auth/user.ts';
import { publicProcedure, router, userProcedure } from './init.ts';

export const auth = router({
	/** What a visitor may do: make the first account, sign up, or only sign in. */
	entry: publicProcedure.query(async ({ ctx }) => ({
		needsSetup: (await ctx.app.db.setup.count()) === 0,
		signup: ctx.app.config.signup
	})),
	register: publicProcedure.input(registration).mutation(async ({ ctx, input }) => {
		const answer = await register(ctx.app, { locale: ctx.locale, ...input }, ctx);
		ctx.setToken(answer.token);
		return answer;
	}),
	login: publicProcedure.input(credentials).mutation(async ({ ctx, input }) => {
		const answer = await login(ctx.app, input, ctx);
		if (answer.status === 'ok') ctx.setToken(answer.token);
		return answer;
	}),
	logout: userProcedure.mutation(async ({ ctx }) => {
		await logout(ctx.app, ctx.session.id);
		ctx.setToken(null);
		return { ok: true };
	}),
	me: userProcedure.query(({ ctx }) => publicUser(ctx.user)),
	updateProfile: userProcedure
		.input(profile)
		.mutation(({ ctx, input }) => updateProfile(ctx.app.db, ctx.user.id, input))
});
