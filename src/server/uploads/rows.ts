import { z } from 'zod';
import { id } from '#lib/schemas.ts';
import type { Db } from '../db/client.ts';
import { reasonText } from '../words.ts';
import { findUpload } from './find.ts';

export const rowsQuery = z.object({
	id,
	outcome: z.enum(['imported', 'duplicate', 'rejected']).optional(),
	cursor: z.number().int().min(0).optional(),
	limit: z.number().int().min(1).max(200).default(50)
});

export type UploadRowView = {
	line: number;
	outcome: 'imported' | 'duplicate' | 'rejected';
	/** In the reader's language; null for imported rows. */
	reason: string | null;
	reasonCode: string | null;
	transactionId: string | null;
	/** The transaction that was there before, as far as it still exists. */
	duplicateOfId: string | null;
	raw: string;
};

/** What became of each row of the file, in its order. The cursor is a line number. Error: NOT_FOUND. */
export async function uploadRows(
	db: Db,
	userId: string,
	locale: string,
	{ id: uploadId, outcome, cursor = 0, limit }: z.output<typeof rowsQuery>
): Promise<{ items: UploadRowView[]; nextCursor: number | null }> {
	await findUpload(db, userId, uploadId);
	const where = { uploadId, line: { gt: cursor } };
	const page = { orderBy: { line: 'asc' }, take: limit + 1 } as const;
	const [imported, others] = await Promise.all([
		outcome && outcome !== 'imported'
			? []
			: db.transaction.findMany({ where, ...page, select: { id: true, line: true, raw: true } }),
		outcome === 'imported'
			? []
			: db.uploadRow.findMany({ where: { ...where, ...(outcome && { outcome }) }, ...page })
	]);
	const items: UploadRowView[] = [
		...imported.map((row) => ({
			line: row.line ?? 0,
			outcome: 'imported' as const,
			reason: null,
			reasonCode: null,
			transactionId: row.id,
			duplicateOfId: null,
			raw: row.raw
		})),
		...others.map((row) => ({
			line: row.line,
			outcome: row.outcome,
			reason: reasonText(row.reason, (row.reasonParams ?? {}) as Record<string, string>, locale),
			reasonCode: row.reason,
			transactionId: null,
			duplicateOfId: row.duplicateOfId,
			raw: row.raw
		}))
	].sort((a, b) => a.line - b.line);
	const shown = items.slice(0, limit);
	return { items: shown, nextCursor: items.length > limit ? (shown.at(-1)?.line ?? null) : null };
}
