import { monthDue } from '#lib/reports/monthly.ts';
import type { App } from '../app.ts';
import { inTx, type User } from '../db/client.ts';
import { canMail } from '../mail/transport.ts';
import { claimDone } from '../outbox.ts';
import { lastMonth, mayGetReports, writeReport, type Means } from './write.ts';

type Runner = Means & Pick<App, 'log'>;

/**
 * Writes the reports that are due now to whoever wants them; with a person, the one that they have asked for out of turn. Where no
 * mail can be sent none is written: it would lie in the outbox, where others can read it.
 */
export async function runMonthly(
	app: Runner,
	{ userId }: { userId?: string },
	jobId: string,
	now = new Date()
): Promise<void> {
	if (userId !== undefined) return writeAsked(app, userId, jobId, now);
	if (canMail(app.config)) await writeAllDue(app, now);
	await inTx(app.db, (tx) => claimDone(tx, jobId));
}

async function writeAsked(app: Runner, userId: string, jobId: string, now: Date): Promise<void> {
	const person = await app.db.user.findUnique({ where: { id: userId } });
	if (!person || !canMail(app.config)) return;
	await writeReport(app, person, lastMonth(person, now), (tx) => claimDone(tx, jobId), now);
}

async function writeAllDue(app: Runner, now: Date): Promise<void> {
	const wanting = await app.db.monthlyReport.findMany({
		where: { since: { not: null } },
		include: { user: true },
		orderBy: { userId: 'asc' }
	});
	const failures: unknown[] = [];
	for (const { since, lastMonth, user } of wanting) {
		const month = monthDue(now, { since: since!, lastMonth, timeZone: user.timeZone });
		if (month === null || !mayGetReports(user)) continue;
		// One that cannot be written must not keep the others waiting.
		try {
			await writeDue(app, user, month, now);
		} catch (error) {
			app.log.warn({ err: error, userId: user.id }, 'the report of a month could not be written');
			failures.push(error);
		}
	}
	if (failures.length > 0) throw failures[0];
}

/** The row says, in the transaction that writes the mail, that it is written: nothing that happens on the way makes a second one. */
async function writeDue(app: Runner, user: User, month: string, now: Date): Promise<void> {
	const claim = { userId: user.id, since: { not: null }, lastMonth: { lt: month } };
	await writeReport(
		app,
		user,
		month,
		async (tx) =>
			(await tx.monthlyReport.updateMany({ where: claim, data: { lastMonth: month } })).count === 1,
		now
	);
}
