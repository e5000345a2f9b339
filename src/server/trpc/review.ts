import { acceptance, acceptReview } from '../review/accept.ts';
import { countWaiting } from '../review/count.ts';
import { listReview, reviewQuery } from '../review/list.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

export const review = router({
	list: readProcedure
		.input(reviewQuery.default({ limit: 20 }))
		.query(({ ctx, input }) => listReview(ctx.app, ctx.user, input)),
	count: readProcedure.query(async ({ ctx }) => ({ waiting: await countWaiting(ctx.app.db, ctx.user.id) })),
	accept: writeProcedure
		.input(acceptance)
		.mutation(({ ctx, input }) => acceptReview(ctx.app, ctx.user.id, input))
});
