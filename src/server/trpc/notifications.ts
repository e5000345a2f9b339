import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { listNotifications } from '../notifications/list.ts';
import { markRead } from '../notifications/mark-read.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

export const notifications = router({
	list: readProcedure
		.input(
			z
				.object({ cursor: id.optional(), limit: z.number().int().min(1).max(100).default(30) })
				.default({ limit: 30 })
		)
		.query(({ ctx, input }) => listNotifications(ctx.app.db, ctx.user, input)),
	markRead: writeProcedure
		.input(z.object({ ids: z.array(id).max(900).optional() }).default({}))
		.mutation(async ({ ctx, input }) => ({ unread: await markRead(ctx.app.db, ctx.user.id, input.ids) }))
});
