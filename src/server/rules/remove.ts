import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { notFound } from '../errors.ts';
import { rulesChanged } from './changed.ts';

/** Removes a rule; what it has done stays. Error: NOT_FOUND. */
export const removeRule = (app: Pick<App, 'db' | 'live'>, userId: string, id: string): Promise<void> =>
	inTx(app.db, async (tx) => {
		const { count } = await tx.rule.deleteMany({ where: { id, userId } });
		if (count === 0) throw notFound();
		rulesChanged(tx, app, userId);
	});
