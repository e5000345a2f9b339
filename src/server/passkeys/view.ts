import type { Passkey } from '../db/client.ts';

export const passkeyView = ({ id, name, createdAt, lastUsedAt }: Passkey) => ({
	id,
	name,
	createdAt: createdAt.toISOString(),
	lastUsedAt: lastUsedAt?.toISOString() ?? null
});

export type PasskeyView = ReturnType<typeof passkeyView>;
