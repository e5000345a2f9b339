import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { transferCandidates } from '../transfers/candidates.ts';
import { denial, denyTransfer } from '../transfers/deny.ts';
import { mark, markTransfer } from '../transfers/mark.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

const one = z.object({ id });

export const transfers = router({
	candidates: readProcedure
		.input(one)
		.query(({ ctx, input }) => transferCandidates(ctx.app.db, ctx.user.id, input.id)),
	mark: writeProcedure.input(mark).mutation(({ ctx, input }) => markTransfer(ctx.app, ctx.user.id, input)),
	deny: writeProcedure.input(denial).mutation(({ ctx, input }) => denyTransfer(ctx.app, ctx.user.id, input))
});
