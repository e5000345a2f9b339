import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { redeliver } from '../deliveries/redeliver.ts';
import { createWebhook, newWebhook } from '../webhooks/create.ts';
import { deliveriesQuery, listDeliveries } from '../webhooks/deliveries.ts';
import { listWebhooks } from '../webhooks/list.ts';
import { removeWebhook } from '../webhooks/remove.ts';
import { rotateSecret } from '../webhooks/rotate-secret.ts';
import { testWebhook } from '../webhooks/test.ts';
import { updateWebhook, webhookChanges } from '../webhooks/update.ts';
import { readProcedure, router, stepUpProcedure, writeProcedure } from './init.ts';

const one = z.object({ id });
const done = { ok: true };

// Whoever can make an endpoint, or move one, can have everything told to themselves from then on.
export const webhooks = router({
	list: readProcedure.query(({ ctx }) => listWebhooks(ctx.app.db, ctx.user.id)),
	create: stepUpProcedure
		.input(newWebhook)
		.mutation(({ ctx, input }) => createWebhook(ctx.app, ctx.user, ctx.session, input)),
	update: stepUpProcedure
		.input(webhookChanges)
		.mutation(({ ctx, input }) => updateWebhook(ctx.app, ctx.user, ctx.session, input)),
	rotateSecret: stepUpProcedure
		.input(one)
		.mutation(({ ctx, input }) => rotateSecret(ctx.app, ctx.session, input.id)),
	remove: writeProcedure.input(one).mutation(async ({ ctx, input }) => {
		await removeWebhook(ctx.app.db, ctx.user.id, input.id);
		return done;
	}),
	test: writeProcedure.input(one).mutation(async ({ ctx, input }) => {
		await testWebhook(ctx.app, ctx.user.id, input.id);
		return done;
	}),
	deliveries: readProcedure
		.input(deliveriesQuery)
		.query(({ ctx, input }) => listDeliveries(ctx.app.db, ctx.user.id, input)),
	/** Sends something again, under the same id. */
	redeliver: writeProcedure.input(one).mutation(async ({ ctx, input }) => {
		await ctx.app.limits.take('webhook', ctx.user.id);
		return redeliver(ctx.app, ctx.user.id, input.id);
	})
});
