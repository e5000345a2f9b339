import { app } from '#server/app.ts';
import { sendReset } from '#server/passwords/send-reset.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const passwordReset: Doorbells['password-reset'] = ({ email }, job) => sendReset(app(), email, job.id);
