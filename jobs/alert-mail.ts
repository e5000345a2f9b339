import { app } from '#server/app.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const alertMail: Doorbells['alert-mail'] = (payload, job) => deliver(app(), payload, job.id);
