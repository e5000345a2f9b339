import { app } from '#server/app.ts';
import { backUpNightly } from '#server/backup/nightly.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const backupNightly: Doorbells['backup-nightly'] = (_payload, job) => backUpNightly(app(), job.id);
