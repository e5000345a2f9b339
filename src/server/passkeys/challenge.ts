import { v7 } from 'uuid';
import type { Db, Tx } from '../db/client.ts';

const lifeMs = 5 * 60_000;

/** Remembers a challenge until it is answered. Returns its id. */
export async function keepChallenge(db: Db, challenge: string, userId: string | null): Promise<string> {
	const id = v7();
	await db.challenge.create({ data: { id, challenge, userId, expiresAt: new Date(Date.now() + lifeMs) } });
	return id;
}

/** Uses a challenge up; null when there is none (any more), or it was somebody else's. */
export async function useChallenge(
	tx: Tx,
	id: string,
	userId: string | null,
	now: Date
): Promise<string | null> {
	const kept = await tx.challenge.findUnique({ where: { id } });
	const { count } = await tx.challenge.deleteMany({ where: { id, userId, expiresAt: { gt: now } } });
	return count === 1 ? (kept?.challenge ?? null) : null;
}
