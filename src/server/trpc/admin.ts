import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import { createInvite, newInvite } from '../invites/create.ts';
import { listInvites } from '../invites/list.ts';
import { revokeInvite } from '../invites/revoke.ts';
import { getMail } from '../mail/get.ts';
import { listMails, mailsQuery } from '../mail/list.ts';
import { resendMail } from '../mail/resend.ts';
import { isMfaRequired, requireMfa } from '../settings/mfa-required.ts';
import { listUsers } from '../users/list.ts';
import { resetMfa } from '../users/reset-mfa.ts';
import { disabling, setDisabled } from '../users/set-disabled.ts';
import { roleChange, setRole } from '../users/set-role.ts';
import { signOutUser } from '../users/sign-out.ts';
import { notFound } from '../errors.ts';
import { adminProcedure, adminStepUpProcedure, router } from './init.ts';

const one = z.object({ id });
const done = { ok: true };

const users = router({
	list: adminProcedure.query(({ ctx }) => listUsers(ctx.app.db)),
	setDisabled: adminStepUpProcedure.input(disabling).mutation(async ({ ctx, input }) => {
		await setDisabled(ctx.app, ctx.user.id, input);
		return done;
	}),
	setRole: adminStepUpProcedure.input(roleChange).mutation(async ({ ctx, input }) => {
		await setRole(ctx.app, ctx.user.id, input);
		return done;
	}),
	resetMfa: adminStepUpProcedure.input(one).mutation(async ({ ctx, input }) => {
		await resetMfa(ctx.app, ctx.user.id, input.id);
		return done;
	}),
	signOut: adminProcedure
		.input(one)
		.mutation(async ({ ctx, input }) => ({ ended: await signOutUser(ctx.app, input.id) }))
});

/** Jobs that have failed for good. */
const queues = router({
	list: adminProcedure.query(({ ctx }) => ctx.app.queue.listDead()),
	redrive: adminProcedure.input(z.object({ id: z.string().max(100) })).mutation(async ({ ctx, input }) => {
		if (!(await ctx.app.queue.redrive(input.id))) throw notFound();
		return done;
	})
});

const settings = router({
	get: adminProcedure.query(async ({ ctx }) => ({ mfaRequired: await isMfaRequired(ctx.app.db) })),
	update: adminStepUpProcedure
		.input(z.object({ mfaRequired: z.boolean() }))
		.mutation(async ({ ctx, input }) => {
			await requireMfa(ctx.app, input.mfaRequired);
			return input;
		})
});

const invites = router({
	list: adminProcedure.query(({ ctx }) => listInvites(ctx.app.db)),
	create: adminProcedure
		.input(newInvite)
		.mutation(({ ctx, input }) => createInvite(ctx.app, ctx.user.id, input)),
	revoke: adminProcedure.input(one).mutation(async ({ ctx, input }) => {
		await revokeInvite(ctx.app.db, input.id);
		return done;
	})
});

/** Mails: what was sent, what could not be, and what is kept because no mail can be sent. */
const outbox = router({
	list: adminProcedure.input(mailsQuery).query(({ ctx, input }) => listMails(ctx.app.db, input)),
	/** With its text, which may hold a link that opens somebody's account. */
	get: adminStepUpProcedure.input(one).query(({ ctx, input }) => getMail(ctx.app, input.id)),
	resend: adminProcedure.input(one).mutation(({ ctx, input }) => resendMail(ctx.app, input.id))
});

export const admin = router({ users, invites, outbox, queues, settings });
