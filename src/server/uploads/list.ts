import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { uploadView, type UploadView } from './view.ts';

export const uploadsQuery = z
	.object({ cursor: id.optional(), limit: z.number().int().min(1).max(100).default(20) })
	.default({ limit: 20 });

/** A person's uploads, newest first; the cursor is the id of the last one seen. */
export async function listUploads(
	db: Db,
	{ id: userId, locale }: { id: string; locale: string },
	{ cursor, limit }: z.output<typeof uploadsQuery>
): Promise<{ items: UploadView[]; nextCursor: string | null }> {
	const rows = await db.upload.findMany({
		where: { userId, ...(cursor && { id: { lt: cursor } }) },
		orderBy: { id: 'desc' },
		omit: { detection: true, mapping: true },
		take: limit + 1
	});
	const items = rows.slice(0, limit).map((row) => uploadView(row, locale));
	return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
