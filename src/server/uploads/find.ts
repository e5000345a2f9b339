import type { Db, Tx, Upload } from '../db/client.ts';
import { notFound } from '../errors.ts';

/** A person's own upload. Error: NOT_FOUND. */
export async function findUpload(db: Db | Tx, userId: string, id: string): Promise<Upload> {
	const upload = await db.upload.findFirst({ where: { id, userId } });
	if (!upload) throw notFound();
	return upload;
}
