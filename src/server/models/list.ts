import { baseModel } from '#lib/models.ts';
import type { App } from '../app.ts';
import { modelInUse } from './in-use.ts';
import { headline, versionView } from './view.ts';

const most = 50;

/**
 * The versions, newest first and at last the model that comes with Quits (id `base`), with the figures that fit into a line.
 * `broken` tells that its file could not be used; what is `serving` decides meanwhile.
 */
export async function listModels({ db, models }: Pick<App, 'db' | 'models'>, locale: string) {
	const versions = await db.modelVersion.findMany({ orderBy: { id: 'desc' }, take: most });
	const { id: activeId, before } = await modelInUse(db);
	const { servingId, broken } = await models.state();
	/** What rolling back from it would put in use. */
	const previousOf = (id: string) => (id === activeId ? (before[0] ?? null) : null);
	const trained = versions.map((version) => {
		const { metrics, against, ...view } = versionView(version, activeId, locale);
		return {
			...view,
			serving: version.id === servingId,
			broken: broken.has(version.id),
			previousId: previousOf(version.id),
			metrics: metrics && headline(metrics),
			against: against && { id: against.id, metrics: headline(against.metrics) }
		};
	});
	return [
		...trained,
		{
			...baseView(activeId),
			serving: servingId === baseModel,
			broken: false,
			previousId: previousOf(baseModel)
		}
	];
}

/** The model that comes with Quits, in the form of a version. How good it is, models/README.md and `models.evaluate` tell. */
export const baseView = (activeId: string) => ({
	...{ id: baseModel, createdAt: null, startedAt: null, finishedAt: null, status: 'ready' as const },
	active: activeId === baseModel,
	...{ corrections: false, trainedOn: null, done: 0, total: 0, size: null, errorCode: null, error: null },
	...{ metrics: null, against: null }
});
