import { z } from 'zod';
import { baseModel } from '#lib/models.ts';
import { id } from '#lib/schemas.ts';
import { activateModel, rollBackModel } from '../models/activate.ts';
import { compareModel } from '../models/compare.ts';
import { cancelTraining } from '../models/end.ts';
import { evaluateModel } from '../models/evaluate.ts';
import { getModel } from '../models/get.ts';
import { modelInUse } from '../models/in-use.ts';
import { listModels } from '../models/list.ts';
import { removeModel } from '../models/remove.ts';
import { trainingSources } from '../models/sources.ts';
import { newTraining, startTraining } from '../models/train.ts';
import { versionView } from '../models/view.ts';
import { adminProcedure, adminStepUpProcedure, router } from './init.ts';

const one = z.object({ id });
/** A version, or the model that comes with Quits. */
const any = z.object({ id: id.or(z.literal(baseModel)) });
const done = { ok: true };

export const models = router({
	list: adminProcedure.query(({ ctx }) => listModels(ctx.app, ctx.locale)),
	get: adminProcedure.input(any).query(({ ctx, input }) => getModel(ctx.app, input.id, ctx.locale)),
	sources: adminProcedure.query(({ ctx }) => trainingSources(ctx.app.db)),
	train: adminStepUpProcedure
		.input(newTraining.default({ corrections: true }))
		.mutation(async ({ ctx, input }) => {
			const version = await startTraining(ctx.app, ctx.user.id, input);
			return versionView(version, (await modelInUse(ctx.app.db)).id, ctx.locale);
		}),
	cancel: adminProcedure.input(one).mutation(async ({ ctx, input }) => {
		await cancelTraining(ctx.app, input.id);
		return done;
	}),
	evaluate: adminProcedure.input(any).mutation(({ ctx, input }) => evaluateModel(ctx.app, input.id)),
	compare: adminProcedure.input(any).query(({ ctx, input }) => compareModel(ctx.app, ctx.user.id, input.id)),
	activate: adminStepUpProcedure.input(any).mutation(async ({ ctx, input }) => {
		await activateModel(ctx.app, ctx.user.id, input.id);
		return done;
	}),
	rollBack: adminStepUpProcedure.mutation(async ({ ctx }) => ({
		id: await rollBackModel(ctx.app, ctx.user.id)
	})),
	remove: adminStepUpProcedure.input(one).mutation(async ({ ctx, input }) => {
		await removeModel(ctx.app, ctx.user.id, input.id);
		return done;
	})
});
