import { z } from 'zod';
import { activityQuery, listActivity } from '../groups/activity.ts';
import { archiveGroup } from '../groups/archive.ts';
import { groupBalances } from '../groups/balances.ts';
import { createGroup, newGroup } from '../groups/create.ts';
import { debtToExplain, explainDebt } from '../groups/explain.ts';
import { getGroup } from '../groups/get.ts';
import { listGroups } from '../groups/list.ts';
import { removeGroup } from '../groups/remove.ts';
import { groupChanges, updateGroup } from '../groups/update.ts';
import {
	groupProcedure,
	groupReadProcedure,
	groupsProcedure,
	groupsReadProcedure,
	groupStepUpProcedure,
	router
} from './init.ts';

export const groups = router({
	list: groupsReadProcedure.query(({ ctx }) => listGroups(ctx.app.db, ctx.user.id)),
	create: groupsProcedure
		.input(newGroup)
		.mutation(async ({ ctx, input }) => getGroup(ctx.app.db, await createGroup(ctx.app, ctx.user, input))),
	get: groupReadProcedure.query(({ ctx }) => getGroup(ctx.app.db, ctx.membership)),
	update: groupProcedure.input(groupChanges).mutation(async ({ ctx, input }) => {
		await updateGroup(ctx.app, ctx.membership, input);
		return getGroup(ctx.app.db, ctx.membership);
	}),
	archive: groupProcedure.input(z.object({ archived: z.boolean() })).mutation(async ({ ctx, input }) => {
		await archiveGroup(ctx.app, ctx.membership, input.archived);
		return getGroup(ctx.app.db, ctx.membership);
	}),
	/** For good, with all that is in it. */
	remove: groupStepUpProcedure.mutation(async ({ ctx }) => {
		await removeGroup(ctx.app, ctx.membership);
		return { ok: true };
	}),
	balances: groupReadProcedure.query(({ ctx }) => groupBalances(ctx.app.db, ctx.membership)),
	/** What is behind a debt of the group. */
	explain: groupReadProcedure
		.input(debtToExplain)
		.query(({ ctx, input }) => explainDebt(ctx.app.db, ctx.membership, input)),
	activity: groupReadProcedure
		.input(activityQuery)
		.query(({ ctx, input }) => listActivity(ctx.app.db, ctx.membership, input))
});
