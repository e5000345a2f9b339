import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { acceptance, acceptInvite } from '../group-invites/accept.ts';
import { addMember, newMember } from '../members/add.ts';
import { leaveGroup } from '../members/leave.ts';
import { releaseMember } from '../members/release.ts';
import { removeMember } from '../members/remove.ts';
import { renameMember, renaming } from '../members/rename.ts';
import { groupRoleChange, setMemberRole } from '../members/set-role.ts';
import { groupProcedure, groupsProcedure, router } from './init.ts';

const done = { ok: true };

export const members = router({
	/** A name without an account, or a mailed link. */
	add: groupProcedure
		.input(newMember)
		.mutation(({ ctx, input }) => addMember(ctx.app, ctx.user, ctx.membership, input)),
	rename: groupProcedure.input(renaming).mutation(async ({ ctx, input }) => {
		await renameMember(ctx.app, ctx.membership, input);
		return done;
	}),
	remove: groupProcedure
		.input(z.object({ memberId: id }))
		.mutation(({ ctx, input }) => removeMember(ctx.app, ctx.membership, input.memberId)),
	/** Brings a former member back as a name without an account, for the right person to claim. */
	release: groupProcedure.input(z.object({ memberId: id })).mutation(async ({ ctx, input }) => {
		await releaseMember(ctx.app, ctx.membership, input.memberId);
		return done;
	}),
	leave: groupProcedure.mutation(({ ctx }) => leaveGroup(ctx.app, ctx.membership)),
	setRole: groupProcedure.input(groupRoleChange).mutation(async ({ ctx, input }) => {
		await setMemberRole(ctx.app, ctx.membership, input);
		return done;
	}),
	/** Says that a name without an account is one's own. */
	claim: groupsProcedure
		.input(acceptance.required())
		.mutation(({ ctx, input }) => acceptInvite(ctx.app, ctx.user, input, ctx))
});
