import { baseModel } from '#lib/models.ts';
import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import { modelInUse } from './in-use.ts';
import { baseView } from './list.ts';
import { versionView } from './view.ts';

/** A version with all its figures. `previousId`: what rolling back from it would put in use. Error: NOT_FOUND. */
export async function getModel({ db, models }: Pick<App, 'db' | 'models'>, id: string, locale: string) {
	const { id: activeId, before } = await modelInUse(db);
	const { servingId, broken } = await models.state();
	const more = {
		serving: servingId === id,
		broken: broken.has(id),
		previousId: activeId === id ? (before[0] ?? null) : null
	};
	if (id === baseModel) return { ...baseView(activeId), ...more };
	const version = await db.modelVersion.findUnique({ where: { id } });
	if (!version) throw notFound();
	return { ...versionView(version, activeId, locale), ...more };
}
