import { acceptance, acceptInvite } from '../group-invites/accept.ts';
import { createGroupInvite, newGroupInvite } from '../group-invites/create.ts';
import { listGroupInvites } from '../group-invites/list.ts';
import { inviteCode, peekInvite } from '../group-invites/peek.ts';
import { revokeGroupInvite } from '../group-invites/revoke.ts';
import { groupProcedure, groupsProcedure, inviteProcedure, publicProcedure, router } from './init.ts';

/** Links into groups. A list holds codes that let somebody in, so it takes what changing a group takes. */
export const invites = router({
	list: groupProcedure.query(({ ctx }) => listGroupInvites(ctx.app, ctx.membership)),
	create: groupProcedure
		.input(newGroupInvite)
		.mutation(({ ctx, input }) => createGroupInvite(ctx.app, ctx.membership, input)),
	revoke: inviteProcedure.mutation(async ({ ctx, input }) => {
		await revokeGroupInvite(ctx.app, ctx.membership, input.id);
		return { ok: true };
	}),
	/** What a link is for, before signing in. A mutation, because the code is no part of an address. */
	peek: publicProcedure.input(inviteCode).mutation(({ ctx, input }) => peekInvite(ctx.app, input, ctx)),
	accept: groupsProcedure
		.input(acceptance)
		.mutation(({ ctx, input }) => acceptInvite(ctx.app, ctx.user, input, ctx))
});
