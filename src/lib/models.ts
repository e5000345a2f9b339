/** Model versions, as pages and server both know them. */

/** The states of a version. It is trained in the first four; none of the others changes any more. */
export const modelStatuses = [
	'queued',
	'gathering',
	'training',
	'evaluating',
	'ready',
	'failed',
	'cancelled'
] as const;

export type ModelStatus = (typeof modelStatuses)[number];

export const trainingStatuses = ['queued', 'gathering', 'training', 'evaluating'] as const;

/** A worker is busy with it, or will be. */
export const isTraining = (status: ModelStatus): boolean =>
	trainingStatuses.some((training) => training === status);

/** Stands for the model that comes with Quits wherever a version's id goes. */
export const baseModel = 'base';

/** A prediction less sure than this is put up for review: models/README.md shows the precision above it. */
export const reviewThreshold = 0.6;

/** What a version was trained on. */
export type TrainedOn = {
	/** Examples of the lexicon. */
	base: number;
	/** People who agreed, and those of their own choices that were used; both 0 without corrections. */
	people: number;
	corrections: number;
	/** Features (words, pairs, beginnings) of corrections left out because fewer than two people have them. */
	leftOut: number;
};
