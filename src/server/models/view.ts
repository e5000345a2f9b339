import type { TrainedOn } from '#lib/models.ts';
import type { Metrics } from '#models/evaluate.ts';
import type { ModelVersion } from '../db/client.ts';
import type { ErrorParams } from '../errors.ts';
import { reasonText } from '../words.ts';

/** How far a training is: `done` of `total` parts of its status. */
export const progressOf = ({ id, status, done, total }: ModelVersion) => ({
	versionId: id,
	status,
	done,
	total
});

/** What a list shows of metrics. */
export const headline = ({ rows, accuracy, groupAccuracy, macroF1, ece }: Metrics) => ({
	...{ rows, accuracy, groupAccuracy, macroF1, ece }
});

/** The figures of another version on the same rows. */
type Against = { id: string; metrics: Metrics };

/** A version as the API shows it; `error` is in the reader's language, `errorCode` is not. */
export const versionView = (version: ModelVersion, activeId: string, locale: string) => ({
	id: version.id,
	createdAt: version.createdAt.toISOString(),
	startedAt: version.startedAt?.toISOString() ?? null,
	finishedAt: version.finishedAt?.toISOString() ?? null,
	status: version.status,
	active: version.id === activeId,
	/** Whether it was to be trained on corrections too. */
	corrections: version.corrections,
	trainedOn: version.trainedOn as TrainedOn | null,
	done: version.done,
	total: version.total,
	size: version.size,
	errorCode: version.errorCode,
	error: version.errorCode
		? reasonText(version.errorCode, (version.errorParams ?? {}) as ErrorParams, locale)
		: null,
	metrics: version.metrics as Metrics | null,
	/** The figures of the model that was in use then, on the same rows. */
	against: version.against as Against | null
});
