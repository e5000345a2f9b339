import { confirmSettlement } from '../settlements/confirm.ts';
import { createSettlement, newSettlement } from '../settlements/create.ts';
import { disputeInput, disputeSettlement } from '../settlements/dispute.ts';
import { listSettlements, settlementsQuery } from '../settlements/list.ts';
import { removeSettlement } from '../settlements/remove.ts';
import { groupProcedure, groupReadProcedure, router, settlementProcedure } from './init.ts';

export const settlements = router({
	list: groupReadProcedure
		.input(settlementsQuery)
		.query(({ ctx, input }) => listSettlements(ctx.app.db, ctx.membership, input)),
	create: groupProcedure
		.input(newSettlement)
		.mutation(({ ctx, input }) => createSettlement(ctx.app, ctx.membership, input)),
	confirm: settlementProcedure.mutation(({ ctx, input }) =>
		confirmSettlement(ctx.app, ctx.membership, input.id)
	),
	dispute: settlementProcedure
		.input(disputeInput)
		.mutation(({ ctx, input }) => disputeSettlement(ctx.app, ctx.membership, input)),
	remove: settlementProcedure.mutation(({ ctx, input }) =>
		removeSettlement(ctx.app, ctx.membership, input.id)
	)
});
