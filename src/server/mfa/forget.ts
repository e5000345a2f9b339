import type { Tx } from '../db/client.ts';

/** Takes a person's one-time codes and recovery codes away. Passkeys stay: they are a way in of their own. */
export async function forgetMfa(tx: Tx, userId: string): Promise<void> {
	await tx.authenticator.deleteMany({ where: { userId } });
	await tx.recoveryCode.deleteMany({ where: { userId } });
}
