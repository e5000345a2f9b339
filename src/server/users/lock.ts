import type { Tx } from '../db/client.ts';

/**
 * Locks a person's row until the end of the transaction. Whoever starts or ends their sessions, or makes and uses links of
 * theirs, comes here first and waits for the others: nothing that was begun before such an end comes true after it.
 */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
	await tx.$executeRaw`UPDATE "User" SET "name" = "name" WHERE "id" = ${userId}`;
}
