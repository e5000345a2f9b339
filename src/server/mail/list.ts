import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { Db, Mail } from '../db/client.ts';

export type MailView = {
	id: string;
	to: string;
	kind: string;
	subject: string;
	status: Mail['status'];
	attempts: number;
	error: string | null;
	createdAt: string;
	sentAt: string | null;
};

/** A mail as the admin sees it in the list; its body is opened one at a time (get.ts). */
export const mailView = (mail: Mail): MailView => ({
	id: mail.id,
	to: mail.to,
	kind: mail.kind,
	subject: mail.subject,
	status: mail.status,
	attempts: mail.attempts,
	error: mail.error,
	createdAt: mail.createdAt.toISOString(),
	sentAt: mail.sentAt?.toISOString() ?? null
});

export const mailsQuery = z
	.object({
		cursor: id.optional(),
		limit: z.number().int().min(1).max(100).default(50),
		status: z.enum(['queued', 'sent', 'kept', 'failed']).optional()
	})
	.default({ limit: 50 });

/** Mails to and of everybody, newest first, for the admin. */
export async function listMails(
	db: Db,
	{ cursor, limit, status }: z.output<typeof mailsQuery>
): Promise<{ items: MailView[]; nextCursor: string | null }> {
	const mails = await db.mail.findMany({
		where: { ...(status && { status }), ...(cursor && { id: { lt: cursor } }) },
		orderBy: { id: 'desc' },
		take: limit + 1
	});
	const items = mails.slice(0, limit).map(mailView);
	return { items, nextCursor: mails.length > limit ? items.at(-1)!.id : null };
}
