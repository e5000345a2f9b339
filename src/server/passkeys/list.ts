import type { Db } from '../db/client.ts';
import { passkeyView, type PasskeyView } from './view.ts';

/** A person's passkeys, the oldest first. */
export async function listPasskeys(db: Db, userId: string): Promise<PasskeyView[]> {
	const passkeys = await db.passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
	return passkeys.map(passkeyView);
}
