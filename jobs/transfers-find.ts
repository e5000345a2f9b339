import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { settleTransfers } from '#server/transfers/settle.ts';

export const transfersFind: Doorbells['transfers-find'] = (payload, job) =>
	settleTransfers(app(), payload, job.id);
