import { app } from '#server/app.ts';
import { deliver } from '#server/deliveries/deliver.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const alertDeliver: Doorbells['alert-deliver'] = ({ deliveryId }, job) =>
	deliver(app(), deliveryId, job.id);
