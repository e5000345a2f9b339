import { z } from 'zod';
import { line } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { notFound } from '../errors.ts';

const credentialId = z.string().min(1).max(2048);
export const onePasskey = z.object({ id: credentialId });
export const passkeyName = z.object({ id: credentialId, name: line(60, 1) });

/** Calls a passkey something else. Errors: NOT_FOUND. */
export async function renamePasskey(
	db: Db,
	userId: string,
	{ id, name }: z.output<typeof passkeyName>
): Promise<void> {
	const { count } = await db.passkey.updateMany({ where: { id, userId }, data: { name } });
	if (count === 0) throw notFound();
}
