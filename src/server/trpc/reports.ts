import { sendMonthlyNow } from '../monthly/send-now.ts';
import { monthlyChange, monthlyWish, setMonthly } from '../monthly/settings.ts';
import { cashFlow } from '../reports/cash-flow.ts';
import { groupStatistics } from '../reports/group.ts';
import { cashFlowQuery, groupQuery, spendingQuery } from '../reports/query.ts';
import { spendingReport } from '../reports/spending.ts';
import { subscriptions } from '../reports/subscriptions.ts';
import { groupReadProcedure, readProcedure, router, writeProcedure } from './init.ts';

export const reports = router({
	spending: readProcedure
		.input(spendingQuery)
		.query(({ ctx, input }) => spendingReport(ctx.app.db, ctx.user.id, input)),
	cashFlow: readProcedure
		.input(cashFlowQuery)
		.query(({ ctx, input }) => cashFlow(ctx.app.db, ctx.user.id, input)),
	subscriptions: readProcedure.query(({ ctx }) => subscriptions(ctx.app.db, ctx.user.id)),
	/** The report of each month by mail. */
	monthly: readProcedure.query(({ ctx }) => monthlyWish(ctx.app.db, ctx.user.id)),
	setMonthly: writeProcedure
		.input(monthlyChange)
		.mutation(({ ctx, input }) => setMonthly(ctx.app, ctx.user, input)),
	sendMonthly: writeProcedure.mutation(({ ctx }) => sendMonthlyNow(ctx.app, ctx.user)),
	/** Of a group: who paid, who consumed, by category and month. */
	group: groupReadProcedure
		.input(groupQuery)
		.query(({ ctx, input }) => groupStatistics(ctx.app.db, ctx.membership, input))
});
