import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { createAccount, newAccount } from '../accounts/create.ts';
import { listAccounts } from '../accounts/list.ts';
import { removeAccount } from '../accounts/remove.ts';
import { accountChange, updateAccount } from '../accounts/update.ts';
import { router, userProcedure } from './init.ts';

export const accounts = router({
	list: userProcedure.query(({ ctx }) => listAccounts(ctx.app.db, ctx.user.id)),
	create: userProcedure
		.input(newAccount)
		.mutation(({ ctx, input }) => createAccount(ctx.app.db, ctx.user.id, input)),
	update: userProcedure
		.input(accountChange)
		.mutation(({ ctx, input }) => updateAccount(ctx.app.db, ctx.user.id, input)),
	remove: userProcedure.input(z.object({ id })).mutation(async ({ ctx, input }) => {
		await removeAccount(ctx.app.db, ctx.user.id, input.id);
		return { ok: true };
	})
});
