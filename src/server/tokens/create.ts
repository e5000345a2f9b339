import { v7 } from 'uuid';
import { z } from 'zod';
import { scopes } from '#lib/scopes.ts';
import { line } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/identify.ts';
import { hashToken, newApiToken } from '../auth/token.ts';
import { inTx, type Session } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { sendMail } from '../mail/send.ts';
import { requireSession } from '../sessions/require.ts';
import { tokenView, type TokenView } from './view.ts';

const most = 50;

export const newToken = z.object({
	name: line(60, 1),
	scopes: z.array(z.enum(scopes)).min(1, { error: 'required' }).max(scopes.length),
	/** Null: it does not end by itself. */
	expiresInDays: z.number().int().min(1).max(3650).nullable().default(90)
});

/**
 * Makes an API token for a person's programs; it is shown this once. Errors: FORBIDDEN (`admin_only`: the scope `admin` is for
 * admins), INVALID (`too_many_tokens`).
 */
export async function createToken(
	app: App,
	user: SessionUser,
	session: Session,
	input: z.output<typeof newToken>,
	now = new Date()
): Promise<TokenView & { token: string }> {
	if (input.scopes.includes('admin') && user.role !== 'admin')
		throw new DomainError('FORBIDDEN', 'admin_only');
	const token = newApiToken();
	const { name, expiresInDays } = input;
	return inTx(app.db, async (tx) => {
		await requireSession(tx, session);
		if ((await tx.apiToken.count({ where: { userId: user.id } })) >= most) {
			throw new DomainError('INVALID', 'too_many_tokens', { params: { most } });
		}
		const row = await tx.apiToken.create({
			data: {
				id: v7(),
				userId: user.id,
				name,
				tokenHash: hashToken(token),
				hint: token.slice(-4),
				scopes: [...new Set(input.scopes)].join(' '),
				createdAt: now,
				expiresAt: expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * 86_400_000)
			}
		});
		await sendMail(tx, app, {
			...{ to: user.email, userId: user.id, locale: user.locale },
			kind: 'token_made',
			params: { name }
		});
		return { ...tokenView(row), token };
	});
}
