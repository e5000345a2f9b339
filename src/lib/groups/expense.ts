/** An expense as people and programs send it. */
import { z } from 'zod';
import { civilDate, currency, id, line, text } from '#lib/schemas.ts';
import { ratePattern } from './convert.ts';
import { cadences } from './schedule.ts';
import { minor, mostMembers, splitInput } from './split.ts';

/** Dates of a group: whoever types another year has mistyped it. */
export const groupDate = civilDate.refine((date) => date >= '1970-01-01' && date <= '2099-12-31', {
	error: 'date_range'
});

export const scheduleInput = z.object({
	cadence: z.enum(cadences),
	/** None is made after it. */
	lastDate: groupDate.nullish()
});

export const expenseFields = z.object({
	description: line(200, 1),
	date: groupDate,
	currency,
	/** In minor units of `currency`; negative for a refund. */
	amount: minor,
	/** They add up to the amount. */
	payers: z
		.array(z.object({ memberId: id, amount: minor }))
		.min(1)
		.max(mostMembers),
	split: splitInput,
	categoryId: text(60).nullish(),
	notes: text(5000).default(''),
	/** Owed in another currency, at a rate that somebody stated: what one unit of `currency` is worth there. */
	conversion: z.object({ currency, rate: z.string().max(20).regex(ratePattern) }).nullish(),
	/** One of the sender's own bank transactions; left out it stays as it is. */
	transactionId: id.nullish(),
	/** It comes again; null ends that, left out it stays as it is. */
	schedule: scheduleInput.nullish()
});

export const newExpense = expenseFields.extend({
	/** Made by the client: a repeated call changes nothing, and the preview shows whose turn the odd unit is. */
	id: id.optional()
});

export const expenseUpdate = expenseFields.extend({
	id,
	/** The version that the change started from. */
	version: z.number().int().min(1)
});

export type ExpenseFields = z.output<typeof expenseFields>;
export type NewExpense = z.output<typeof newExpense>;
export type ExpenseUpdate = z.output<typeof expenseUpdate>;
