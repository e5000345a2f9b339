import { v5 } from 'uuid';
import { nextAfter, type Cadence } from '#lib/groups/schedule.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { insertExpense } from '../expenses/insert.ts';
import { waitForGroup } from '../groups/change.ts';
import { claimDone, enqueue } from '../outbox.ts';
import { writeEnd } from './end.ts';
import type { Template } from './template.ts';
import type { Stopped } from './view.ts';

type Runner = Pick<App, 'db' | 'live' | 'log'>;

/**
 * How many one schedule makes in one job. What has rested for years (the server was off, the group in the archive) makes the
 * rest in further jobs, so that no job runs long and every group gets its turn.
 */
export const mostAtOnce = 50;

/**
 * Makes every expense that is due by now (dates count in UTC), also those of days on which nothing ran, in the name of whoever
 * set the schedule up. Each is a transaction of its own under an id made of schedule and date: run twice at once, or again
 * after it died in the middle, it makes none twice. What is left after {@link mostAtOnce} is promised as the next job.
 */
export async function runSchedules(app: Runner, jobId: string, now = new Date()): Promise<void> {
	const today = now.toISOString().slice(0, 10);
	const due = await app.db.expenseSchedule.findMany({
		where: { endedAt: null, nextDate: { lte: today }, group: { archivedAt: null } },
		select: { id: true, groupId: true },
		orderBy: { id: 'asc' }
	});
	const failures: unknown[] = [];
	let isMore = false;
	for (const schedule of due) {
		// One that cannot be made must not keep the other groups waiting.
		try {
			if (await makeSome(app, schedule, today)) isMore = true;
		} catch (error) {
			app.log.warn({ err: error, scheduleId: schedule.id }, 'a schedule could not make its expense');
			failures.push(error);
		}
	}
	if (failures.length > 0) throw failures[0];
	await inTx(app.db, async (tx) => {
		if ((await claimDone(tx, jobId)) && isMore) await enqueue(tx, 'expense-schedules', {});
	});
}

type Due = { id: string; groupId: string };

/** True when there may be more to make. */
async function makeSome(app: Runner, due: Due, today: string): Promise<boolean> {
	try {
		for (let made = 0; made < mostAtOnce; made++) {
			if (!(await makeNext(app, due, today))) return false;
		}
		return true;
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		const { reason, params } = error;
		await stop(app, due, { reason, params });
		return false;
	}
}

/** Makes the next one, if it is due. False when there is nothing (more) to make. */
function makeNext(app: Runner, { id, groupId }: Due, today: string): Promise<boolean> {
	return inTx(app.db, async (tx) => {
		const group = await waitForGroup(tx, groupId);
		const schedule = await tx.expenseSchedule.findUnique({ where: { id } });
		if (!group || group.archived || !schedule || schedule.endedAt) return false;
		const { nextDate: date, lastDate, firstDate, cadence, createdById } = schedule;
		if (date > today) return false;
		if (lastDate !== null && date > lastDate) {
			await tx.expenseSchedule.update({ where: { id }, data: { endedAt: new Date() } });
			return false;
		}
		const author = await tx.member.findFirst({ where: { id: createdById, groupId } });
		if (!author || author.removedAt) {
			throw new DomainError('INVALID', 'member_removed', { params: { name: author?.name ?? '' } });
		}
		const expenseId = v5(date, id);
		if ((await tx.expense.count({ where: { id: expenseId } })) === 0) {
			const expense = { ...(schedule.template as Template), id: expenseId, date, scheduleId: id };
			await insertExpense(tx, app, author, expense, { locale: 'en' });
		}
		const nextDate = nextAfter(firstDate, cadence as Cadence, date);
		const isLast = lastDate !== null && nextDate > lastDate;
		await tx.expenseSchedule.update({
			where: { id },
			data: { nextDate, ...(isLast && { endedAt: new Date() }) }
		});
		return true;
	});
}

/** It cannot go on as it is: somebody in it has left. The group is told why. */
function stop(app: Runner, { id, groupId }: Due, stopped: Stopped): Promise<void> {
	return inTx(app.db, async (tx) => {
		await waitForGroup(tx, groupId);
		const schedule = await tx.expenseSchedule.findUnique({ where: { id } });
		if (!schedule || schedule.endedAt) return;
		await writeEnd(tx, app, { id: schedule.createdById, groupId }, schedule, stopped);
	});
}
