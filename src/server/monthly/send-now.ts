import type { App } from '../app.ts';
import { inTx, type User } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { monthlyFigures } from './figures.ts';
import { requireMailbox } from './settings.ts';
import { lastMonth } from './write.ts';

/**
 * Has the report of last month mailed at once, whether the person gets them or not; their next one comes all the same. Errors:
 * CONFLICT (`reports_need_mail_server`, `address_not_confirmed`, `nothing_last_month`), RATE_LIMITED.
 */
export async function sendMonthlyNow(
	app: App,
	person: Pick<User, 'id' | 'emailVerifiedAt' | 'locale' | 'timeZone'>,
	now = new Date()
): Promise<{ month: string }> {
	requireMailbox(app, person);
	await app.limits.take('monthlyReport', person.id);
	const month = lastMonth(person, now);
	if (!(await monthlyFigures(app.db, person, month, now)))
		throw new DomainError('CONFLICT', 'nothing_last_month');
	await inTx(app.db, (tx) => enqueue(tx, 'monthly-report', { userId: person.id }));
	return { month };
}
