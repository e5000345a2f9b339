import { listCategories } from '../categories/list.ts';
import { categoryUsage, usageQuery } from '../categories/usage.ts';
import { publicProcedure, readProcedure, router } from './init.ts';

export const categories = router({
	list: publicProcedure.query(({ ctx }) => listCategories(ctx.locale)),
	usage: readProcedure
		.input(usageQuery)
		.query(({ ctx, input }) => categoryUsage(ctx.app.db, ctx.user.id, input))
});
