import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { channelsOf, channelsView } from '../deliveries/channels.ts';
import { deliveriesOfAlert } from '../deliveries/of-alert.ts';
import { redeliver } from '../deliveries/redeliver.ts';
import { channelChanges, setChannels } from '../deliveries/set-channels.ts';
import { alertTest, testAlerts } from '../deliveries/test-alerts.ts';
import { readProcedure, writeProcedure } from './init.ts';

/** How alerts reach people: part of the router `alerts`. */
export const alertChannels = {
	channels: readProcedure.query(async ({ ctx }) => channelsView(await channelsOf(ctx.app.db, ctx.user.id))),
	setChannels: writeProcedure
		.input(channelChanges)
		.mutation(({ ctx, input }) => setChannels(ctx.app.db, ctx.user.id, input)),
	test: writeProcedure
		.input(alertTest)
		.mutation(({ ctx, input }) => testAlerts(ctx.app, ctx.user, input.channel)),
	deliveries: readProcedure
		.input(z.object({ alertId: id }))
		.query(({ ctx, input }) => deliveriesOfAlert(ctx.app.db, ctx.user.id, input.alertId)),
	redeliver: writeProcedure.input(z.object({ id })).mutation(async ({ ctx, input }) => {
		await ctx.app.limits.take('webhook', ctx.user.id);
		return redeliver(ctx.app, ctx.user.id, input.id);
	})
};
