import { createHash } from 'node:crypto';
import { networkOf, type Caller } from '../auth/caller.ts';
import type { Tx } from '../db/client.ts';

/**
 * Remembers what a person signs in with: a browser by its device cookie, a program by its name and network. `isNew` says that
 * they have signed in before, but never with this.
 */
export async function noteDevice(
	tx: Tx,
	userId: string,
	caller: Caller,
	now: Date
): Promise<{ isNew: boolean }> {
	const name = caller.device
		? `browser ${caller.device}`
		: `program ${caller.userAgent} ${networkOf(caller.address)}`;
	const keyHash = createHash('sha256').update(name).digest('hex');
	const known = await tx.device.count({ where: { userId } });
	const { count } = await tx.device.updateMany({ where: { userId, keyHash }, data: { lastSeenAt: now } });
	if (count === 0) await tx.device.create({ data: { userId, keyHash, lastSeenAt: now } });
	return { isNew: known > 0 && count === 0 };
}
