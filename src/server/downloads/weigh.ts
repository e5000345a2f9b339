import { z } from 'zod';
import { isLong } from '#lib/exports/downloads.ts';
import type { Format } from '#lib/exports/document.ts';
import type { Db } from '../db/client.ts';
import { admit } from '../auth/access.ts';
import type { Identity } from '../auth/identify.ts';
import { countAsked, exportAccess } from '../exports/asked.ts';

export const weighing = z.object({
	/** What stands behind `/api/exports/`, without the format: `transactions`. */
	of: z.string().min(1).max(200),
	query: z.string().max(20_000).default('')
});

/** `rows`: null where nobody counts. `long`: better made by a job than waited for. */
export type Weight = { rows: number | null; long: boolean };

/** How much an export holds in each format. Errors: those of the file. */
export async function weighExport(
	db: Db,
	identity: Identity,
	{ of, query }: z.output<typeof weighing>
): Promise<Record<Format, Weight>> {
	const { user } = admit(identity, exportAccess(`${of}.csv`));
	const { csv, xlsx, pdf } = await countAsked(db, user, of, new URLSearchParams(query));
	const weight = (format: Format, rows: number | null): Weight => ({ rows, long: isLong(format, rows) });
	return { csv: weight('csv', csv), xlsx: weight('xlsx', xlsx), pdf: weight('pdf', pdf) };
}
