import { z } from 'zod';
import type { App } from '../app.ts';
import { inTx, type Db, type Tx, type User } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { canMail } from '../mail/transport.ts';
import { lockPerson } from '../users/lock.ts';

export const monthlyChange = z.object({ on: z.boolean() });

export type MonthlyView = { on: boolean };

/** Whether a person wants the report of each month by mail. */
export async function monthlyWish(db: Db | Tx, userId: string): Promise<MonthlyView> {
	const row = await db.monthlyReport.findUnique({ where: { userId } });
	return { on: Boolean(row?.since) };
}

/** Error: CONFLICT, where no report could be sent (`reports_need_mail_server`, `address_not_confirmed`). */
export function requireMailbox(
	{ config }: Pick<App, 'config'>,
	{ emailVerifiedAt }: Pick<User, 'emailVerifiedAt'>
): void {
	if (!canMail(config)) throw new DomainError('CONFLICT', 'reports_need_mail_server');
	if (!emailVerifiedAt) throw new DomainError('CONFLICT', 'address_not_confirmed');
}

/** Asks for the report of each month, or for no more of them. Errors: those of {@link requireMailbox}, for asking. */
export async function setMonthly(
	app: Pick<App, 'db' | 'config'>,
	user: Pick<User, 'id' | 'emailVerifiedAt'>,
	{ on }: z.output<typeof monthlyChange>,
	now = new Date()
): Promise<MonthlyView> {
	if (!on) return stopMonthly(app.db, user.id);
	requireMailbox(app, user);
	const userId = user.id;
	return inTx(app.db, async (tx) => {
		await lockPerson(tx, userId);
		const row = await tx.monthlyReport.findUnique({ where: { userId } });
		// Asked for again it is as before: whoever presses twice must not wait for another month.
		const since = row?.since ?? now;
		await tx.monthlyReport.upsert({ where: { userId }, create: { userId, since }, update: { since } });
		return { on: true };
	});
}

/** Ends them, also one that is written and waits to be sent. */
export async function stopMonthly(db: Db, userId: string): Promise<MonthlyView> {
	return inTx(db, async (tx) => {
		await lockPerson(tx, userId);
		await tx.monthlyReport.updateMany({ where: { userId }, data: { since: null } });
		await tx.mail.deleteMany({ where: { userId, kind: 'monthly_report', status: { not: 'sent' } } });
		return { on: false };
	});
}
