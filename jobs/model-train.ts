import { app } from '#server/app.ts';
import { runTraining } from '#server/models/run.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const modelTrain: Doorbells['model-train'] = ({ versionId }, job) =>
	runTraining(app(), versionId, job);
