import { monthBefore } from '#lib/reports/monthly.ts';
import type { App } from '../app.ts';
import { inTx, type Tx, type User } from '../db/client.ts';
import { sendMail } from '../mail/send.ts';
import { stopLink } from '../mail/stop-link.ts';
import { lockPerson } from '../users/lock.ts';
import { monthlyFigures } from './figures.ts';
import { monthlyStatement } from './statement.ts';

export type Means = Pick<App, 'db' | 'config' | 'sealer'>;

/**
 * Writes the mail with the report of a month, unless nothing was in that month. `claim` is asked within the transaction that writes
 * it, with the person's row locked; where it says no, nothing is written. Everything that takes time is done before.
 */
export async function writeReport(
	app: Means,
	person: User,
	month: string,
	claim: (tx: Tx) => Promise<boolean>,
	now: Date
): Promise<void> {
	const report = await monthlyFigures(app.db, person, month, now);
	if (!report) return;
	const hasOwn = report.currencies.length > 0;
	const file = hasOwn ? await monthlyStatement(app.db, person, month) : null;
	const is = file ? 'attached' : hasOwn ? 'too_large' : 'none';
	await inTx(app.db, async (tx) => {
		await lockPerson(tx, person.id);
		const user = await tx.user.findUnique({ where: { id: person.id } });
		if (!user || !mayGetReports(user) || !(await claim(tx))) return;
		const { id: userId, email: to, locale } = user;
		const params = { report, statement: { is } as const, stop: stopLink(app, userId, 'monthly') };
		const mail = { to, userId, locale, kind: 'monthly_report', params } as const;
		await sendMail(tx, app, { ...mail, ...(file && { file }) }, now);
	});
}

/** Such a mail says more of somebody than any other: it goes to an address that they have shown to be theirs. */
export const mayGetReports = ({ disabledAt, emailVerifiedAt }: User): boolean =>
	disabledAt === null && emailVerifiedAt !== null;

/** The month that a report that is asked for now is about. */
export const lastMonth = ({ timeZone }: Pick<User, 'timeZone'>, now: Date): string =>
	monthBefore(now, timeZone);
