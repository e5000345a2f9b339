import { z } from 'zod';
import { civilDate, id } from '#lib/schemas.ts';
import { decideRecurring } from '../recurring/decide.ts';
import { dueBetween } from '../recurring/due.ts';
import { listRecurring } from '../recurring/list.ts';
import { router, userProcedure } from './init.ts';

const one = z.object({ id });

export const recurring = router({
	list: userProcedure
		.input(z.object({ dismissed: z.boolean().default(false) }).default({ dismissed: false }))
		.query(({ ctx, input }) => listRecurring(ctx.app.db, ctx.user.id, input)),
	/** Expected payments by date, for the calendar; at most 400 days. */
	due: userProcedure
		.input(z.object({ from: civilDate, to: civilDate }))
		.query(({ ctx, input }) => dueBetween(ctx.app.db, ctx.user.id, input)),
	confirm: userProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'confirmed')),
	dismiss: userProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'dismissed')),
	/** Takes a decision back. */
	reconsider: userProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'suggested'))
});
