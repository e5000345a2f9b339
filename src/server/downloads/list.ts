import type { Db, Session } from '../db/client.ts';
import { hasRunOut } from './find.ts';
import { exportView, type ExportView } from './view.ts';

/** What a session has asked for, newest first; there are never many. */
export async function listExports(
	db: Db,
	{ id: sessionId }: Pick<Session, 'id'>,
	locale: string,
	now = new Date()
): Promise<{ items: ExportView[] }> {
	const rows = await db.export.findMany({ where: { sessionId }, orderBy: { id: 'desc' } });
	return { items: rows.filter((row) => !hasRunOut(row, now)).map((row) => exportView(row, locale)) };
}
