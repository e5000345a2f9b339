import { z } from 'zod';
import { civilDate, id } from '#lib/schemas.ts';
import { decideRecurring } from '../recurring/decide.ts';
import { dueBetween } from '../recurring/due.ts';
import { listRecurring } from '../recurring/list.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

const one = z.object({ id });

export const recurring = router({
	list: readProcedure
		.input(z.object({ dismissed: z.boolean().default(false) }).default({ dismissed: false }))
		.query(({ ctx, input }) => listRecurring(ctx.app.db, ctx.user.id, input)),
	/** Expected payments by date, for the calendar; at most 400 days. */
	due: readProcedure
		.input(z.object({ from: civilDate, to: civilDate }))
		.query(({ ctx, input }) => dueBetween(ctx.app.db, ctx.user.id, input)),
	confirm: writeProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'confirmed')),
	dismiss: writeProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'dismissed')),
	/** Takes a decision back. */
	reconsider: writeProcedure
		.input(one)
		.mutation(({ ctx, input }) => decideRecurring(ctx.app.db, ctx.user.id, input.id, 'suggested'))
});
