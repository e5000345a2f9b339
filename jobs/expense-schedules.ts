import { app } from '#server/app.ts';
import type { Doorbells } from '#server/queue/workers.ts';
import { runSchedules } from '#server/schedules/run.ts';

export const expenseSchedules: Doorbells['expense-schedules'] = (_payload, job) =>
	runSchedules(app(), job.id);
