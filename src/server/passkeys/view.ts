import type { Passkey } from '../db/client.ts';

export const passkeyView = ({ id, name, alone, createdAt, lastUsedAt }: Passkey) => ({
	id,
	name,
	/** It signs in without a password; else it only serves as a second step. */
	alone,
	createdAt: createdAt.toISOString(),
	lastUsedAt: lastUsedAt?.toISOString() ?? null
});

export type PasskeyView = ReturnType<typeof passkeyView>;
