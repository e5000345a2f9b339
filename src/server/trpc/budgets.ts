import { budgetUpdate, newBudget, suggestionQuery } from '#lib/budgets/budget.ts';
import { createBudget } from '../budgets/create.ts';
import { budgetStatus, getBudget } from '../budgets/get.ts';
import { budgetHistory } from '../budgets/history.ts';
import { listBudgets, listGroupBudgets } from '../budgets/list.ts';
import { removeBudget } from '../budgets/remove.ts';
import { restoreBudget } from '../budgets/restore.ts';
import { suggestAmount } from '../budgets/suggest.ts';
import { updateBudget } from '../budgets/update.ts';
import {
	budgetProcedure,
	budgetReadProcedure,
	groupReadProcedure,
	newBudgetProcedure,
	newBudgetReadProcedure,
	readProcedure,
	router
} from './init.ts';

export const budgets = router({
	list: readProcedure.query(({ ctx }) => listBudgets(ctx.app.db, ctx.user.id)),
	ofGroup: groupReadProcedure.query(({ ctx }) => listGroupBudgets(ctx.app.db, ctx.membership)),
	get: budgetReadProcedure.query(({ ctx }) => getBudget(ctx.app.db, ctx.user.id, ctx.budget)),
	status: budgetReadProcedure.query(({ ctx }) => budgetStatus(ctx.app.db, ctx.user.id, ctx.budget)),
	history: budgetReadProcedure.query(({ ctx }) => budgetHistory(ctx.app.db, ctx.budget)),
	suggest: newBudgetReadProcedure
		.input(suggestionQuery)
		.query(({ ctx, input }) => suggestAmount(ctx.app.db, ctx.holder, input)),
	create: newBudgetProcedure
		.input(newBudget)
		.mutation(({ ctx, input }) => createBudget(ctx.app, ctx.holder, input)),
	update: budgetProcedure
		.input(budgetUpdate)
		.mutation(({ ctx, input }) => updateBudget(ctx.app, ctx.budget, input)),
	remove: budgetProcedure.mutation(({ ctx }) => removeBudget(ctx.app, ctx.budget)),
	restore: budgetProcedure.mutation(({ ctx }) => restoreBudget(ctx.app, ctx.budget))
});
