import type { Db, Tx } from '../db/client.ts';

/** The bytes of an upload's file, put together; null once the import has ended and the file is gone. */
export async function uploadBytes(db: Db, uploadId: string): Promise<Uint8Array<ArrayBuffer> | null> {
	const chunks = await db.uploadChunk.findMany({ where: { uploadId }, orderBy: { seq: 'asc' } });
	if (chunks.length === 0) return null;
	const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0));
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk.bytes, at);
		at += chunk.bytes.length;
	}
	return bytes;
}

export async function dropFile(tx: Tx, uploadId: string): Promise<void> {
	await tx.uploadChunk.deleteMany({ where: { uploadId } });
}
