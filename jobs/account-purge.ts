import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { purgeAccount } from '#server/users/purge.ts';

export const accountPurge: Doorbells['account-purge'] = ({ userId }, job) =>
	purgeAccount(app(), userId, job.id);
