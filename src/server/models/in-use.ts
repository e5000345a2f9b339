/** Which model is in use, and which ones were before it: a setting of the instance. */
import { baseModel } from '#lib/models.ts';
import type { Db, Tx } from '../db/client.ts';

const key = 'modelInUse';
/** So far back one can go. */
const mostBefore = 10;

/** Ids of versions, or {@link baseModel}. `before`: the latest first. */
export type InUse = { id: string; before: string[] };

/** The setting as it is; without one the base model is in use. */
export async function modelInUse(db: Db | Tx): Promise<InUse> {
	const row = await db.setting.findUnique({ where: { key } });
	return (row?.value as InUse | undefined) ?? { id: baseModel, before: [] };
}

/** Replaces the setting, as part of a transaction that holds the lock of `actAsAdmin`. */
export async function setModelInUse(tx: Tx, { id, before }: InUse): Promise<void> {
	const value = { id, before: before.slice(0, mostBefore) };
	await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
