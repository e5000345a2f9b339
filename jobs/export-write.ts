import { app } from '#server/app.ts';
import { runExport } from '#server/downloads/run.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const exportWrite: Doorbells['export-write'] = ({ exportId }, job) => runExport(app(), exportId, job);
