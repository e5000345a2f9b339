import { z } from 'zod';
import { civilDate, id } from '#lib/schemas.ts';
import { getTransaction } from '../transactions/get.ts';
import { listTransactions, transactionsQuery } from '../transactions/list.ts';
import {
	bulkCategoryChoice,
	categoryChoice,
	setCategories,
	setCategory
} from '../transactions/set-category.ts';
import { takeBack, takenBack } from '../transactions/take-back.ts';
import { monthSummary } from '../transactions/summary.ts';
import { undoCategories, undoing } from '../transactions/undo.ts';
import { transactionChange, updateTransaction } from '../transactions/update.ts';
import { whyCategory } from '../transactions/why.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

const one = z.object({ id });

export const transactions = router({
	list: readProcedure
		.input(transactionsQuery.default({ limit: 50 }))
		.query(({ ctx, input }) => listTransactions(ctx.app.db, ctx.user, input)),
	get: readProcedure.input(one).query(({ ctx, input }) => getTransaction(ctx.app.db, ctx.user, input.id)),
	setCategory: writeProcedure
		.input(categoryChoice)
		.mutation(({ ctx, input }) => setCategory(ctx.app, ctx.user.id, input)),
	setCategories: writeProcedure
		.input(bulkCategoryChoice)
		.mutation(({ ctx, input }) => setCategories(ctx.app, ctx.user.id, input)),
	undo: writeProcedure
		.input(undoing)
		.mutation(({ ctx, input }) => undoCategories(ctx.app, ctx.user.id, input)),
	takeBack: writeProcedure
		.input(takenBack)
		.mutation(({ ctx, input }) => takeBack(ctx.app, ctx.user.id, input)),
	update: writeProcedure.input(transactionChange).mutation(async ({ ctx, input }) => {
		await updateTransaction(ctx.app, ctx.user.id, input);
		return getTransaction(ctx.app.db, ctx.user, input.id);
	}),
	why: readProcedure.input(one).query(({ ctx, input }) => whyCategory(ctx.app, ctx.user.id, input.id)),
	summary: readProcedure
		.input(
			z
				.object({
					month: z
						.string()
						.regex(/^\d{4}-(0[1-9]|1[0-2])$/)
						.optional(),
					/** Leaves out what is dated later. */
					until: civilDate.optional(),
					/** Of what is split with a group, only one's own share. */
					mine: z.boolean().optional()
				})
				.default({})
		)
		.query(({ ctx, input }) => monthSummary(ctx.app.db, ctx.user.id, input))
});
