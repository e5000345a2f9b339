import { passkeyAnswer } from '#lib/schemas.ts';
import { beginPasskeyRegistration } from '../passkeys/begin-registration.ts';
import { beginPasskeySignIn } from '../passkeys/begin-sign-in.ts';
import { listPasskeys } from '../passkeys/list.ts';
import { newPasskey, registerPasskey } from '../passkeys/register.ts';
import { removePasskey } from '../passkeys/remove.ts';
import { onePasskey, passkeyName, renamePasskey } from '../passkeys/rename.ts';
import { signInWithPasskey } from '../passkeys/sign-in.ts';
import { enter } from './enter.ts';
import { publicProcedure, router, sessionProcedure, stepUpProcedure } from './init.ts';

export const passkeys = router({
	list: sessionProcedure.query(({ ctx }) => listPasskeys(ctx.app.db, ctx.user.id)),
	beginRegistration: stepUpProcedure.mutation(({ ctx }) => beginPasskeyRegistration(ctx.app, ctx.user)),
	register: stepUpProcedure
		.input(newPasskey)
		.mutation(({ ctx, input }) => registerPasskey(ctx.app, ctx.user, ctx.session, input)),
	rename: sessionProcedure.input(passkeyName).mutation(async ({ ctx, input }) => {
		await renamePasskey(ctx.app.db, ctx.user.id, input);
		return { ok: true };
	}),
	remove: stepUpProcedure.input(onePasskey).mutation(async ({ ctx, input }) => {
		await removePasskey(ctx.app, ctx.user, input.id);
		return { ok: true };
	}),
	/** The challenge for signing in with a passkey, alone or as a second factor. */
	beginSignIn: publicProcedure.mutation(({ ctx }) => beginPasskeySignIn(ctx.app, ctx)),
	signIn: publicProcedure.input(passkeyAnswer).mutation(async ({ ctx, input }) => {
		const answer = await signInWithPasskey(ctx.app, input, ctx);
		await enter(ctx, answer);
		return answer;
	})
});
