import { z } from 'zod';
import { mostRules, newRule, ruleUpdate } from '#lib/rules/rule.ts';
import { id } from '#lib/schemas.ts';
import { applyRules, application } from '../rules/apply.ts';
import { createRule } from '../rules/create.ts';
import { listRules } from '../rules/list.ts';
import { previewQuery, previewRules } from '../rules/preview.ts';
import { removeRule } from '../rules/remove.ts';
import { reorderRules } from '../rules/reorder.ts';
import { undoRun } from '../rules/undo.ts';
import { updateRule } from '../rules/update.ts';
import { readProcedure, router, ruleProcedure, writeProcedure } from './init.ts';

export const rules = router({
	list: readProcedure.query(({ ctx }) => listRules(ctx.app.db, ctx.user.id)),
	create: ruleProcedure.input(newRule).mutation(({ ctx, input }) => createRule(ctx.app, ctx.user.id, input)),
	update: ruleProcedure
		.input(ruleUpdate)
		.mutation(({ ctx, input }) => updateRule(ctx.app, ctx.user.id, input)),
	remove: writeProcedure
		.input(z.object({ id }))
		.mutation(({ ctx, input }) => removeRule(ctx.app, ctx.user.id, input.id)),
	reorder: writeProcedure
		.input(z.object({ ids: z.array(id).min(1).max(mostRules) }))
		.mutation(({ ctx, input }) => reorderRules(ctx.app, ctx.user.id, input.ids)),
	preview: readProcedure
		.input(previewQuery.default({ overOwn: false, limit: 20 }))
		.query(({ ctx, input }) => previewRules(ctx.app.db, ctx.user.id, input)),
	/** Does with what is there what the rules say. */
	run: writeProcedure
		.input(application.default({ overOwn: false }))
		.mutation(({ ctx, input }) => applyRules(ctx.app, ctx.user.id, input)),
	/** Takes a run back, for a day. */
	undo: writeProcedure
		.input(z.object({ runId: id }))
		.mutation(({ ctx, input }) => undoRun(ctx.app, ctx.user.id, input.runId))
});
