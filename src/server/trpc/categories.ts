import { listCategories } from '../categories/list.ts';
import { createCategory, newCategory } from '../categories/create.ts';
import { categoryHiding, hideCategory } from '../categories/hide.ts';
import { categoryMerge, mergeCategory } from '../categories/merge.ts';
import { categoryChange, updateCategory } from '../categories/update.ts';
import { categoryUsage, usageQuery } from '../categories/usage.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

export const categories = router({
	list: readProcedure.query(({ ctx }) => listCategories(ctx.app.db, ctx.user)),
	usage: readProcedure
		.input(usageQuery)
		.query(({ ctx, input }) => categoryUsage(ctx.app.db, ctx.user.id, input)),
	create: writeProcedure
		.input(newCategory)
		.mutation(({ ctx, input }) => createCategory(ctx.app, ctx.user, input)),
	update: writeProcedure
		.input(categoryChange)
		.mutation(({ ctx, input }) => updateCategory(ctx.app, ctx.user, input)),
	hide: writeProcedure.input(categoryHiding).mutation(async ({ ctx, input }) => {
		await hideCategory(ctx.app, ctx.user.id, input);
		return { ok: true };
	}),
	merge: writeProcedure
		.input(categoryMerge)
		.mutation(({ ctx, input }) => mergeCategory(ctx.app, ctx.user.id, input))
});
