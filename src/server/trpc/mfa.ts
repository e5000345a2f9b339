import { beginMfa } from '../mfa/begin.ts';
import { confirmation, confirmMfa } from '../mfa/confirm.ts';
import { disableMfa } from '../mfa/disable.ts';
import { newRecoveryCodes } from '../mfa/new-recovery-codes.ts';
import { mfaStatus } from '../mfa/status.ts';
import { enrolProcedure, enrolStepUpProcedure, router, stepUpProcedure } from './init.ts';

export const mfa = router({
	status: enrolProcedure.query(({ ctx }) => mfaStatus(ctx.app, ctx.user)),
	begin: enrolStepUpProcedure.mutation(({ ctx }) => beginMfa(ctx.app, ctx.user)),
	confirm: enrolStepUpProcedure.input(confirmation).mutation(async ({ ctx, input }) => {
		const confirmed = await confirmMfa(ctx.app, ctx.user, ctx.session, input);
		ctx.setToken(confirmed.token);
		return confirmed;
	}),
	disable: stepUpProcedure.mutation(async ({ ctx }) => {
		const { token } = await disableMfa(ctx.app, ctx.user, ctx.session);
		ctx.setToken(token);
		return { token };
	}),
	newRecoveryCodes: stepUpProcedure.mutation(({ ctx }) => newRecoveryCodes(ctx.app, ctx.user, ctx.session))
});
