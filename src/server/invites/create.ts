import { v7 } from 'uuid';
import { z } from 'zod';
import { text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { hashToken, newToken } from '../auth/token.ts';
import { inviteDays } from '../mail/link-lives.ts';

export const newInvite = z.object({ note: text(200).default('') });

/** Makes an invitation for one person. Its code is in this answer and nowhere else. */
export async function createInvite(
	{ db, config }: Pick<App, 'db' | 'config'>,
	createdById: string,
	{ note }: z.output<typeof newInvite>,
	now = new Date()
): Promise<{ id: string; code: string; url: string; expiresAt: string }> {
	const id = v7();
	const code = newToken();
	const expiresAt = new Date(now.getTime() + inviteDays * 86_400_000);
	await db.invite.create({
		data: { id, codeHash: hashToken(code), note, createdById, createdAt: now, expiresAt }
	});
	return { id, code, url: `${config.publicUrl}/sign-up#${code}`, expiresAt: expiresAt.toISOString() };
}
