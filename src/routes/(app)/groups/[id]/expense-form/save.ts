/** What becomes of a filled-in expense form. */
import type { DraftFields, SavedExpense } from '#lib/groups/draft.ts';
import { receiptPath, removeReceipt, sendReceipt } from '#lib/groups/receipt-upload.ts';
import type { Split } from '#lib/groups/split.ts';
import { m } from '#lib/paraglide/messages.js';
import { problemOf } from '#lib/problem.ts';
import { toasts } from '#lib/toast.svelte.ts';
import type { Inputs } from '#lib/trpc.ts';

export type NewExpense = Inputs['expenses']['create'];

/**
 * A new expense as the API takes it. An expense of everybody that comes again is left to name them when it does: so that who
 * joins later is in it.
 */
export function newExpense(
	groupId: string,
	id: string,
	fields: DraftFields,
	everybody: string[]
): NewExpense & { id: string } {
	return { ...fields, id, groupId, split: splitFor(fields, everybody) };
}

/** The other way round: what such a form had said, to go on typing at. */
export function savedFrom(expense: NewExpense, everybody: string[]): SavedExpense {
	const { conversion, categoryId, notes, schedule } = expense;
	return {
		...expense,
		split: savedSplit(expense, everybody),
		conversion: conversion ?? null,
		categoryId: categoryId || null,
		notes: notes ?? '',
		schedule: schedule ? { cadence: schedule.cadence, lastDate: schedule.lastDate ?? null } : null
	};
}

function savedSplit({ split }: NewExpense, everybody: string[]): Split {
	switch (split.mode) {
		case 'equal':
			return { ...split, members: split.members ?? everybody.map((memberId) => ({ memberId })) };
		case 'adjust':
			return { ...split, members: split.members.map((one) => ({ ...one, amount: one.amount ?? 0 })) };
		case 'items': {
			const { items, tax = 0, tip = 0 } = split;
			return { ...split, items: items.map((one) => ({ ...one, name: one.name ?? '' })), tax, tip };
		}
		default:
			return split;
	}
}

/** The split of {@link newExpense}. */
export function splitFor({ split, schedule }: DraftFields, everybody: string[]): NewExpense['split'] {
	const isOfAll =
		split.mode === 'equal' &&
		split.members.length === everybody.length &&
		split.members.every(({ memberId }) => everybody.includes(memberId));
	return schedule && isOfAll ? { mode: 'equal' } : split;
}

/** Sends or removes the receipt of an expense that is saved by now: what fails is told, and takes nothing back. */
export async function saveReceipt(
	groupId: string,
	expenseId: string,
	receipt: File | 'remove' | null,
	onprogress: (share: number | null) => void
): Promise<void> {
	if (receipt === null) return;
	const path = receiptPath(groupId, expenseId);
	try {
		if (receipt === 'remove') return await removeReceipt(path);
		onprogress(0);
		await sendReceipt(path, receipt, onprogress);
	} catch (error) {
		toasts.show(m.expenses_receipt_failed({ reason: problemOf(error).message }), { tone: 'bad' });
	} finally {
		onprogress(null);
	}
}
