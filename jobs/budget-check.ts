import { app } from '#server/app.ts';
import { checkBudgets } from '#server/budgets/check.ts';
import type { Doorbells } from '#server/queue/workers.ts';

export const budgetCheck: Doorbells['budget-check'] = (scope, job) => checkBudgets(app(), scope, job.id);
