import { z } from 'zod';
import { planBalances, type ImportPlan, type ImportProblem } from '#lib/groups/import/plan.ts';
import { maxImportChars, mostImportRows, readExport } from '#lib/groups/import/read.ts';
import { mostMembers } from '#lib/groups/split.ts';
import { id, text } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { identified } from './import-ids.ts';
import { importedMembers, type ImportedMember } from './import-members.ts';
import { writeRows } from './import-rows.ts';

export const expensesImport = z.object({
	/** A CSV that Splitwise or Spliit exported. */
	text: z.string().max(maxImportChars),
	/** What the file is called. */
	filename: text(120).default(''),
	/**
	 * Who the names in the file are. One that is left out is the member who is called like that, or else becomes a new name
	 * without an account.
	 */
	members: z
		.array(z.object({ name: text(80, 1), memberId: id.optional(), newName: text(80, 1).optional() }))
		.max(mostMembers)
		.default([]),
	/** Who paid the rows that do not say so. */
	payers: z
		.array(z.object({ line: z.number().int().min(1), name: text(80, 1) }))
		.max(mostImportRows)
		.default([])
});

export type ExpensesImport = z.output<typeof expensesImport>;

export type ImportResult = {
	expenses: number;
	settlements: number;
	/** Rows that had been imported before, and stay as they are. */
	known: number;
	/** Rows that move nothing. */
	skipped: number;
	members: ImportedMember[];
	/** What these rows make everybody ahead or behind, by the names of the file, in minor units. */
	balances: ReturnType<typeof planBalances>;
};

/**
 * Brings the history of another program into a group: all of it, or nothing. The same file again adds nothing, and a later
 * export of the same group only what is new. Errors: INVALID (the file, with its line; `import_question`, `import_member_twice`,
 * `unknown_member`, `group_full`), CONFLICT (`group_archived`).
 */
export async function importExpenses(
	app: App,
	membership: Membership,
	{ text: file, filename, members: named, payers }: ExpensesImport
): Promise<ImportResult> {
	const plan = planOf(file, membership, payers);
	const rows = identified(plan.rows, membership.groupId);
	return inTx(app.db, async (tx) => {
		await lockGroup(tx, membership);
		const members = await importedMembers(tx, membership, plan.members, named);
		const memberOf = new Map(members.map(({ name, memberId }) => [name, memberId]));
		const { expenses, settlements } = await writeRows(tx, membership, rows, memberOf);
		if (expenses + settlements > 0 || members.some(({ isNew }) => isNew)) {
			await recordChange(tx, app, membership, {
				kind: 'expense_imported',
				summary: { title: filename, count: expenses + settlements }
			});
		}
		return {
			expenses,
			settlements,
			known: rows.length - expenses - settlements,
			skipped: plan.skipped,
			members,
			balances: planBalances(plan)
		};
	});
}

function planOf(file: string, { group }: Membership, payers: ExpensesImport['payers']): ImportPlan {
	const answers = Object.fromEntries(payers.map(({ line, name }) => [line, name]));
	const reading = readExport(file, { currency: group.currency, payers: answers });
	if (!reading.ok) throw refusal(reading.problem);
	const [open] = reading.plan.questions;
	if (open) {
		const { line, description } = open;
		throw new DomainError('INVALID', 'import_question', { params: { line, description } });
	}
	return reading.plan;
}

function refusal({ code, ...params }: ImportProblem): DomainError {
	return new DomainError('INVALID', code, { params });
}
