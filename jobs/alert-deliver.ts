import { app } from '#server/app.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const alertDeliver: Doorbells['alert-deliver'] = (payload, job) => deliver(app(), payload, job.id);
