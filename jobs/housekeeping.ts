import { app } from '#server/app.ts';
import { keepHouse } from '#server/housekeeping.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const housekeeping: Doorbells['housekeeping'] = (_payload, job) => keepHouse(app(), job.id);
