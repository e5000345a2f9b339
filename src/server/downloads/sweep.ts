import type { App } from '../app.ts';
import { exportFiles } from './files.ts';

/**
 * Removes exports that have run out, and every file that is no longer anybody's: of those, of sessions and people who are gone,
 * and of attempts that were cut short.
 */
export async function sweepExports(
	{ config, db }: Pick<App, 'config' | 'db'>,
	now = new Date()
): Promise<void> {
	const files = await exportFiles(config); // first: what is written from now on is not among them
	await db.export.deleteMany({ where: { expiresAt: { lte: now } } });
	const rows = await db.export.findMany({ select: { id: true, runId: true, status: true } });
	const byId = new Map(rows.map((row) => [row.id, row]));
	for (const { exportId, runId, drop } of files) {
		const row = byId.get(exportId);
		// The file of one that is still being written may have been put in its place this very moment.
		const stays = runId === null ? row?.status === 'done' || row?.status === 'writing' : row?.runId === runId;
		if (!stays) await drop();
	}
}
