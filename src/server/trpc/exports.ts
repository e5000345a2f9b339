import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { createExport, newExport } from '../downloads/create.ts';
import { cancelExport, removeExport } from '../downloads/end.ts';
import { listExports } from '../downloads/list.ts';
import { exportView } from '../downloads/view.ts';
import { weighExport, weighing } from '../downloads/weigh.ts';
import { router, sessionProcedure } from './init.ts';

const one = z.object({ id });

/** Exports that a job writes, each for the session that asks for it. `GET /api/exports/…` streams the same files at once. */
export const exports = router({
	list: sessionProcedure.query(({ ctx }) => listExports(ctx.app.db, ctx.session, ctx.locale)),
	/** How much there is to export, before somebody chooses how. */
	weigh: sessionProcedure
		.input(weighing)
		.query(({ ctx, input }) => weighExport(ctx.app.db, ctx.identity, input)),
	create: sessionProcedure
		.input(newExport)
		.mutation(async ({ ctx, input }) =>
			exportView(await createExport(ctx.app, ctx.identity, ctx.session, input), ctx.locale)
		),
	cancel: sessionProcedure
		.input(one)
		.mutation(async ({ ctx, input }) =>
			exportView(await cancelExport(ctx.app, ctx.session, input.id), ctx.locale)
		),
	remove: sessionProcedure.input(one).mutation(async ({ ctx, input }) => {
		await removeExport(ctx.app, ctx.session, input.id);
		return { ok: true };
	})
});
