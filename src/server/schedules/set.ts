import { v7 } from 'uuid';
import type { ExpenseFields } from '#lib/groups/expense.ts';
import { earliestDue, nextAfter } from '#lib/groups/schedule.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';
import { enqueue } from '../outbox.ts';
import type { Template } from './template.ts';

type Fields = Omit<ExpenseFields, 'schedule' | 'transactionId'> & {
	schedule: NonNullable<ExpenseFields['schedule']>;
};

/**
 * Lets an expense come again, from its own date on. With the id of a schedule, that one goes on from here instead. Those it
 * has made already stay, and none is made before the last of them. What is due by now is made at once. Returns the schedule's id. Errors: INVALID (`bad_last_date`,
 * `schedule_too_old`: it would have to make up for more than a year).
 */
export async function setSchedule(
	tx: Tx,
	{ id: memberId, groupId }: Membership,
	scheduleId: string | null,
	{ schedule: { cadence, lastDate }, date, ...fields }: Fields
): Promise<string> {
	if (lastDate && lastDate < date) throw new DomainError('INVALID', 'bad_last_date');
	const last = scheduleId
		? await tx.expense.aggregate({ where: { scheduleId, groupId }, _max: { date: true } })
		: undefined;
	const after = [date, last?._max.date ?? date].sort()[1]!;
	const nextDate = nextAfter(date, cadence, after);
	const today = new Date().toISOString().slice(0, 10);
	if (nextDate < earliestDue(today)) throw new DomainError('INVALID', 'schedule_too_old');
	if (nextDate <= today) await enqueue(tx, 'expense-schedules', {});
	const data = {
		cadence,
		firstDate: date,
		nextDate,
		lastDate: lastDate ?? null,
		template: templateOf(fields),
		endedAt: null
	};
	if (scheduleId) {
		await tx.expenseSchedule.update({ where: { id: scheduleId, groupId }, data });
		return scheduleId;
	}
	const id = v7();
	await tx.expenseSchedule.create({ data: { ...data, id, groupId, createdById: memberId } });
	return id;
}

/** What later ones are made from. */
export const templateOf = ({
	description,
	currency,
	amount,
	payers,
	split,
	categoryId,
	notes,
	conversion
}: Omit<Fields, 'date' | 'schedule'>): Template => ({
	description,
	currency,
	amount,
	payers,
	split,
	categoryId: categoryId || null,
	notes,
	conversion: conversion ?? null
});
