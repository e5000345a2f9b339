import type { Db, Export, Session, Tx } from '../db/client.ts';
import { notFound } from '../errors.ts';

/**
 * An export that this very session has asked for, and that has not run out. Error: NOT_FOUND, alike for other sessions of the
 * same person.
 */
export async function findExport(
	db: Db | Tx,
	{ id: sessionId }: Pick<Session, 'id'>,
	id: string,
	now = new Date()
): Promise<Export> {
	const row = await db.export.findFirst({ where: { id, sessionId } });
	if (!row || hasRunOut(row, now)) throw notFound();
	return row;
}

export const hasRunOut = ({ expiresAt }: Pick<Export, 'expiresAt'>, now: Date): boolean =>
	expiresAt !== null && expiresAt <= now;
