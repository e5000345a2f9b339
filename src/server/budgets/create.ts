import { v7 } from 'uuid';
import { periodOf, type NewBudget } from '#lib/budgets/budget.ts';
import { firstDate } from '#lib/budgets/period.ts';
import { wallClock } from '#lib/wall-clock.ts';
import type { App } from '../app.ts';
import { inTx, type Tx } from '../db/client.ts';
import { isDuplicateKey } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import { holdCategories } from './categories.ts';
import { readTerms, type Holder } from './find.ts';
import { requireRoom } from './require-room.ts';
import { spendingMoved } from './spending-moved.ts';
import { budgetView, type BudgetView } from './view.ts';

/**
 * Makes a budget of a person or a group; its first period is the current one. Sent again with the same id it returns what came of
 * the first. Errors: CONFLICT (`id_taken`, `budget_removed` since, `too_many_budgets`, `group_archived`), those of
 * {@link checkCategories}.
 */
export async function createBudget(
	app: Pick<App, 'db' | 'live'>,
	holder: Holder,
	{ id = v7(), ...fields }: NewBudget,
	now = new Date()
): Promise<BudgetView> {
	const made = inTx(app.db, async (tx) => {
		if (holder.membership) await lockGroup(tx, holder.membership);
		const before = await tx.budget.findUnique({ where: { id } });
		if (before && !(before.userId === holder.userId && before.groupId === groupOf(holder))) throw idTaken();
		if (before?.removedAt) throw new DomainError('CONFLICT', 'budget_removed');
		if (!before) await insert(tx, app, holder, { id, ...fields }, now);
		return readTerms(tx, id);
	});
	const budget = await made.catch((error: unknown): never => {
		// Two at once that no lock keeps apart.
		if (isDuplicateKey(error, 'Budget')) throw idTaken();
		throw error;
	});
	return budgetView(budget, now);
}

const groupOf = ({ membership }: Holder): string | null => membership?.groupId ?? null;
const idTaken = (): DomainError => new DomainError('CONFLICT', 'id_taken');

async function insert(
	tx: Tx,
	app: Pick<App, 'live'>,
	holder: Holder,
	{ id, period: asked, amount, ...fields }: NewBudget & { id: string },
	now: Date
): Promise<void> {
	const { userId, timeZone, membership } = holder;
	const groupId = groupOf(holder);
	await requireRoom(tx, { userId, groupId });
	await holdCategories(tx, holder, fields.categoryIds);
	const today = wallClock(now, timeZone).date;
	const period = periodOf(asked, today);
	const start = firstDate(period, today);
	await tx.budget.create({
		data: {
			...fields,
			...{ id, userId, groupId, period, startDate: start },
			amounts: [{ from: start, amount }],
			// A group's periods are the same for all who are in it.
			timeZone: membership ? timeZone : null
		}
	});
	await spendingMoved(tx, membership ?? { userIds: [userId] });
	if (!membership) return;
	const summary = { title: fields.name, amount, currency: fields.currency };
	await recordChange(tx, app, membership, { kind: 'budget_added', subjectId: id, summary });
}
