import { paidShare, setSharePaid } from '../shares/set-paid.ts';
import { router, shareProcedure } from './init.ts';

export const shares = router({
	setPaid: shareProcedure
		.input(paidShare)
		.mutation(({ ctx, input }) => setSharePaid(ctx.app, ctx.membership, input))
});
