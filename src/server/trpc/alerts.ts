import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { alertsQuery, listAlerts } from '../alerts/list.ts';
import { markAlertsRead } from '../alerts/mark-read.ts';
import { alertChannels } from './alert-channels.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

export const alerts = router({
	...alertChannels,
	list: readProcedure
		.input(alertsQuery.default({ limit: 50 }))
		.query(({ ctx, input }) => listAlerts(ctx.app.db, ctx.user.id, input)),
	markRead: writeProcedure
		.input(z.object({ ids: z.array(id).max(900).optional() }).default({}))
		.mutation(async ({ ctx, input }) => ({
			unread: await markAlertsRead(ctx.app.db, ctx.user.id, input.ids)
		}))
});
