import { today } from '#lib/i18n.ts';
import { confirmation, confirmSettlement } from '../settlements/confirm.ts';
import { createSettlement, newSettlement } from '../settlements/create.ts';
import { disputeInput, disputeSettlement } from '../settlements/dispute.ts';
import { listSettlements, settlementsQuery } from '../settlements/list.ts';
import { removeSettlement } from '../settlements/remove.ts';
import { suggestSettlements } from '../settlements/suggest.ts';
import {
	groupAndMoneyReadProcedure,
	groupReadProcedure,
	groupTyingProcedure,
	router,
	settlementProcedure,
	settlementTyingProcedure
} from './init.ts';

export const settlements = router({
	list: groupReadProcedure
		.input(settlementsQuery)
		.query(({ ctx, input }) => listSettlements(ctx.app.db, ctx.membership, input)),
	create: groupTyingProcedure
		.input(newSettlement)
		.mutation(({ ctx, input }) => createSettlement(ctx.app, ctx.membership, input)),
	/** Transfers on one's own accounts that look like payments in the group. */
	suggestions: groupAndMoneyReadProcedure.query(({ ctx }) =>
		suggestSettlements(ctx.app.db, ctx.membership, today(ctx.user.timeZone))
	),
	confirm: settlementTyingProcedure
		.input(confirmation)
		.mutation(({ ctx, input }) => confirmSettlement(ctx.app, ctx.membership, input)),
	dispute: settlementProcedure
		.input(disputeInput)
		.mutation(({ ctx, input }) => disputeSettlement(ctx.app, ctx.membership, input)),
	remove: settlementProcedure.mutation(({ ctx, input }) =>
		removeSettlement(ctx.app, ctx.membership, input.id)
	)
});
