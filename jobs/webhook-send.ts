import { app } from '#server/app.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const webhookSend: Doorbells['webhook-send'] = (payload, job) => deliver(app(), payload, job.id);
