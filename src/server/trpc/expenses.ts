import { expenseUpdate, newExpense } from '#lib/groups/expense.ts';
import { commentExpense, newComment } from '../expenses/comment.ts';
import { createExpense } from '../expenses/create.ts';
import { getExpense } from '../expenses/get.ts';
import { expensesImport, importExpenses } from '../expenses/import.ts';
import { expensesQuery, listExpenses } from '../expenses/list.ts';
import { expenseRemoval, removeExpense } from '../expenses/remove.ts';
import { expenseRestoring, restoreExpense } from '../expenses/restore.ts';
import { updateExpense } from '../expenses/update.ts';
import {
	expenseProcedure,
	expenseReadProcedure,
	expenseTyingProcedure,
	groupProcedure,
	groupReadProcedure,
	groupTyingProcedure,
	router
} from './init.ts';

export const expenses = router({
	list: groupReadProcedure
		.input(expensesQuery)
		.query(({ ctx, input }) => listExpenses(ctx.app.db, ctx.membership, input)),
	get: expenseReadProcedure.query(({ ctx, input }) => getExpense(ctx.app.db, ctx.membership, input.id)),
	create: groupTyingProcedure
		.input(newExpense)
		.mutation(({ ctx, input }) => createExpense(ctx.app, ctx.membership, input, ctx.locale)),
	update: expenseTyingProcedure
		.input(expenseUpdate)
		.mutation(({ ctx, input }) => updateExpense(ctx.app, ctx.membership, input, ctx.locale)),
	remove: expenseProcedure
		.input(expenseRemoval)
		.mutation(({ ctx, input }) => removeExpense(ctx.app, ctx.membership, input)),
	restore: expenseProcedure
		.input(expenseRestoring)
		.mutation(({ ctx, input }) => restoreExpense(ctx.app, ctx.membership, input)),
	import: groupProcedure.input(expensesImport).mutation(async ({ ctx, input }) => {
		await ctx.app.limits.take('upload', ctx.user.id);
		return importExpenses(ctx.app, ctx.membership, input);
	}),
	comment: expenseProcedure
		.input(newComment)
		.mutation(({ ctx, input }) => commentExpense(ctx.app, ctx.membership, input))
});
