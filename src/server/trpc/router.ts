import { accounts } from './accounts.ts';
import { admin } from './admin.ts';
import { alerts } from './alerts.ts';
import { auth } from './auth.ts';
import { budgets } from './budgets.ts';
import { categories } from './categories.ts';
import { expenses } from './expenses.ts';
import { exports } from './exports.ts';
import { groups } from './groups.ts';
import { router } from './init.ts';
import { invites } from './invites.ts';
import { members } from './members.ts';
import { models } from './models.ts';
import { notifications } from './notifications.ts';
import { recurring } from './recurring.ts';
import { reports } from './reports.ts';
import { review } from './review.ts';
import { rules } from './rules.ts';
import { schedules } from './schedules.ts';
import { settlements } from './settlements.ts';
import { shares } from './shares.ts';
import { transactions } from './transactions.ts';
import { transfers } from './transfers.ts';
import { uploads } from './uploads.ts';
import { webhooks } from './webhooks.ts';

export const appRouter = router({
	admin,
	alerts,
	auth,
	accounts,
	budgets,
	categories,
	expenses,
	exports,
	groups,
	invites,
	members,
	models,
	notifications,
	recurring,
	reports,
	review,
	rules,
	schedules,
	settlements,
	shares,
	transactions,
	transfers,
	uploads,
	webhooks
});

export type AppRouter = typeof appRouter;
