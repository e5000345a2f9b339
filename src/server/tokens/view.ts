import type { Scope } from '#lib/scopes.ts';
import type { ApiToken } from '../db/client.ts';

export const tokenView = (token: ApiToken) => ({
	id: token.id,
	name: token.name,
	/** Its last characters. */
	hint: token.hint,
	scopes: token.scopes.split(' ') as Scope[],
	createdAt: token.createdAt.toISOString(),
	expiresAt: token.expiresAt?.toISOString() ?? null,
	lastUsedAt: token.lastUsedAt?.toISOString() ?? null
});

export type TokenView = ReturnType<typeof tokenView>;
