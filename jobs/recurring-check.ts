import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { checkRecurring } from '#server/recurring/check.ts';

export const recurringCheck: Doorbells['recurring-check'] = (_payload, job) => checkRecurring(app(), job.id);
