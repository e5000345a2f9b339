import type { App } from '../app.ts';
import { isTraining } from '#lib/models.ts';
import { versionFolders } from './files.ts';

/**
 * Removes what trainings that were cut short have left in DATA_DIR/models: files of versions that are neither there to be used
 * nor being trained, perhaps by another process. What no version was ever called is somebody else's, and stays.
 */
export async function sweepModels({ config, db }: Pick<App, 'config' | 'db'>): Promise<void> {
	const folders = await versionFolders(config); // first: what is written from now on is not among them
	const versions = await db.modelVersion.findMany({ select: { id: true, status: true } });
	const statuses = new Map(versions.map(({ id, status }) => [id, status]));
	for (const { versionId, aside, drop } of folders) {
		if (!versionId) continue;
		const status = statuses.get(versionId);
		const stays = status !== undefined && (isTraining(status) || (status === 'ready' && !aside));
		if (!stays) await drop();
	}
}
