import { app } from '#server/app.ts';
import { runMonthly } from '#server/monthly/run.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const monthlyReport: Doorbells['monthly-report'] = (asked, job) => runMonthly(app(), asked, job.id);
