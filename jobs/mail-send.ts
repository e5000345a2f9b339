import { app } from '#server/app.ts';
import { deliverMail } from '#server/mail/deliver.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const mailSend: Doorbells['mail-send'] = ({ mailId }, job) => deliverMail(app(), mailId, job.id);
