import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { purgeUpload } from '#server/uploads/purge.ts';

export const uploadPurge: Doorbells['upload-purge'] = async ({ uploadId }, job) => {
	await purgeUpload(app(), uploadId, job.id);
};
