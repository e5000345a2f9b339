import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { createAccount, newAccount } from '../accounts/create.ts';
import { listAccounts } from '../accounts/list.ts';
import { removeAccount } from '../accounts/remove.ts';
import { accountChange, updateAccount } from '../accounts/update.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

export const accounts = router({
	list: readProcedure.query(({ ctx }) => listAccounts(ctx.app.db, ctx.user.id)),
	create: writeProcedure
		.input(newAccount)
		.mutation(({ ctx, input }) => createAccount(ctx.app.db, ctx.user.id, input)),
	update: writeProcedure
		.input(accountChange)
		.mutation(({ ctx, input }) => updateAccount(ctx.app.db, ctx.user.id, input)),
	remove: writeProcedure.input(z.object({ id })).mutation(async ({ ctx, input }) => {
		await removeAccount(ctx.app.db, ctx.user.id, input.id);
		return { ok: true };
	})
});
