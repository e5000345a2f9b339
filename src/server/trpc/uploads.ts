import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { mappingSchema, type Detection } from '#lib/statement/types.ts';
import { knownAccount } from '../uploads/account-for.ts';
import { commitUpload } from '../uploads/commit.ts';
import { cancelUpload, undoUpload } from '../uploads/end.ts';
import { findUpload } from '../uploads/find.ts';
import { importAnyway } from '../uploads/import-anyway.ts';
import { listUploads, uploadsQuery } from '../uploads/list.ts';
import { previewUpload } from '../uploads/preview.ts';
import { rowsQuery, uploadRows } from '../uploads/rows.ts';
import { uploadView } from '../uploads/view.ts';
import { importProcedure, importReadProcedure, router } from './init.ts';

const one = z.object({ id });

export const uploads = router({
	list: importReadProcedure
		.input(uploadsQuery)
		.query(({ ctx, input }) => listUploads(ctx.app.db, ctx.user, input)),
	get: importReadProcedure
		.input(one)
		.query(async ({ ctx, input }) =>
			uploadView(await findUpload(ctx.app.db, ctx.user.id, input.id), ctx.locale)
		),
	/** What was understood of the file, and the account it would go to: for the preview. */
	detection: importReadProcedure.input(one).query(async ({ ctx, input }) => {
		const upload = await findUpload(ctx.app.db, ctx.user.id, input.id);
		const detection = upload.detection as Detection | null;
		const known = detection && (await knownAccount(ctx.app.db, ctx.user.id, detection));
		return { detection, accountId: upload.accountId ?? known };
	}),
	/** The same under another mapping; nothing is kept. */
	preview: importReadProcedure
		.input(z.object({ id, mapping: mappingSchema }))
		.query(({ ctx, input }) => previewUpload(ctx.app, ctx.user.id, input.id, input.mapping)),
	rows: importReadProcedure
		.input(rowsQuery)
		.query(({ ctx, input }) => uploadRows(ctx.app.db, ctx.user.id, ctx.locale, input)),
	commit: importProcedure
		.input(z.object({ id, mapping: mappingSchema.optional(), accountId: id.optional() }))
		.mutation(async ({ ctx, input }) =>
			uploadView(await commitUpload(ctx.app, ctx.user.id, input), ctx.locale)
		),
	cancel: importProcedure
		.input(one)
		.mutation(async ({ ctx, input }) =>
			uploadView(await cancelUpload(ctx.app, ctx.user.id, input.id), ctx.locale)
		),
	undo: importProcedure.input(one).mutation(async ({ ctx, input }) => {
		const undone = await undoUpload(ctx.app, ctx.user.id, input.id);
		return { ...uploadView(undone, ctx.locale), released: undone.released };
	}),
	/** Imports rows that were taken for duplicates after all. */
	importAnyway: importProcedure
		.input(z.object({ id, lines: z.array(z.number().int().min(1)).min(1).max(1000) }))
		.mutation(async ({ ctx, input }) => ({ imported: await importAnyway(ctx.app, ctx.user.id, input) }))
});
