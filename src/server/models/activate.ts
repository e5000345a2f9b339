/** Which model is in use is an admin's to say: a version, or the one from before. */
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { actAsAdmin } from '../users/act-as-admin.ts';
import { modelInUse, setModelInUse } from './in-use.ts';

type Deps = Pick<App, 'db' | 'live' | 'models'>;

/**
 * Puts a version (or `base`) in use, once it has been loaded and checked; until then, and when it is broken, the old one goes on.
 * Other processes load it when they next categorise. Errors: NOT_FOUND, INVALID (`model_broken`).
 */
export async function activateModel(app: Deps, adminId: string, id: string): Promise<void> {
	const loaded = await app.models.load(id);
	await inTx(app.db, async (tx) => {
		await actAsAdmin(tx, adminId);
		const inUse = await modelInUse(tx);
		if (inUse.id === id) return;
		await setModelInUse(tx, { id, before: [inUse.id, ...inUse.before.filter((one) => one !== id)] });
	});
	app.models.serve(loaded);
	app.live.toAdmins('model:progress', { versionId: id, status: 'ready', done: 0, total: 0 });
}

/**
 * Puts the model in use that was before. Returns its id. Errors: CONFLICT (`no_model_before`), INVALID (`model_broken`).
 */
export async function rollBackModel(app: Deps, adminId: string): Promise<string> {
	const { id: from, before } = await modelInUse(app.db);
	const [to, ...earlier] = before;
	if (to === undefined) throw new DomainError('CONFLICT', 'no_model_before');
	const loaded = await app.models.load(to);
	await inTx(app.db, async (tx) => {
		await actAsAdmin(tx, adminId);
		// Another admin may have been faster: then theirs stands.
		if ((await modelInUse(tx)).id !== from) throw new DomainError('CONFLICT', 'model_changed');
		await setModelInUse(tx, { id: to, before: earlier });
	});
	app.models.serve(loaded);
	app.live.toAdmins('model:progress', { versionId: to, status: 'ready', done: 0, total: 0 });
	return to;
}
