import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { runUpload } from '#server/uploads/run.ts';

export const importRun: Doorbells['import-run'] = ({ uploadId }, job) => runUpload(app(), uploadId, job.id);
