import { isTraining } from '#lib/models.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { actAsAdmin } from '../users/act-as-admin.ts';
import { deleteVersion } from './files.ts';
import { modelInUse, setModelInUse } from './in-use.ts';

/**
 * Removes a version with its files; other machines drop theirs at their next start. Errors: NOT_FOUND, CONFLICT (`model_active`,
 * `training_not_ended`).
 */
export async function removeModel(
	{ config, db, live }: Pick<App, 'config' | 'db' | 'live'>,
	adminId: string,
	id: string
): Promise<void> {
	await inTx(db, async (tx) => {
		await actAsAdmin(tx, adminId);
		const version = await tx.modelVersion.findUnique({ where: { id }, select: { status: true } });
		if (!version) throw notFound();
		if (isTraining(version.status)) throw new DomainError('CONFLICT', 'training_not_ended');
		const inUse = await modelInUse(tx);
		if (inUse.id === id) throw new DomainError('CONFLICT', 'model_active');
		if (inUse.before.includes(id)) {
			await setModelInUse(tx, { ...inUse, before: inUse.before.filter((one) => one !== id) });
		}
		await tx.modelVersion.delete({ where: { id } });
	});
	await deleteVersion(config, id);
	live.toAdmins('model:progress', { versionId: id, status: 'cancelled', done: 0, total: 0 });
}
