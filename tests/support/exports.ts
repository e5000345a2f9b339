import { askedFile, type ExportFile } from '#server/exports/asked.ts';
import type { Db } from '#server/db/client.ts';

type Asking = { locale?: string; query?: Record<string, unknown> };

/** What a person gets from `/api/exports/FILE`. */
export async function askExport(
	db: Db,
	{ id }: { id: string },
	file: string,
	{ locale, query = {} }: Asking = {}
): Promise<ExportFile> {
	const user = await db.user.findUniqueOrThrow({ where: { id } });
	const params = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
	return askedFile(db, { ...user, ...(locale && { locale }) }, file, params);
}

/** The same as one piece. */
export async function exported(...asked: Parameters<typeof askExport>): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync((await askExport(...asked)).pieces));
}
