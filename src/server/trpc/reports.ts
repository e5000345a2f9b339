import { cashFlow } from '../reports/cash-flow.ts';
import { groupStatistics } from '../reports/group.ts';
import { cashFlowQuery, groupQuery, spendingQuery } from '../reports/query.ts';
import { spendingReport } from '../reports/spending.ts';
import { subscriptions } from '../reports/subscriptions.ts';
import { groupReadProcedure, readProcedure, router } from './init.ts';

export const reports = router({
	spending: readProcedure
		.input(spendingQuery)
		.query(({ ctx, input }) => spendingReport(ctx.app.db, ctx.user.id, input)),
	cashFlow: readProcedure
		.input(cashFlowQuery)
		.query(({ ctx, input }) => cashFlow(ctx.app.db, ctx.user.id, input)),
	subscriptions: readProcedure.query(({ ctx }) => subscriptions(ctx.app.db, ctx.user.id)),
	/** Of a group: who paid, who consumed, by category and month. */
	group: groupReadProcedure
		.input(groupQuery)
		.query(({ ctx, input }) => groupStatistics(ctx.app.db, ctx.membership, input))
});
