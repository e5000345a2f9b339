/** Reads the exports of other programs; the same in the page that shows what would be imported and on the server. */
import { mostMembers } from '../limits.ts';
import { UnreadableRow, type ImportPlan, type ImportReading, type ReadOptions } from './plan.ts';
import { isSpliitHeading, readSpliit } from './spliit.ts';
import { isSplitwiseHeading, readSplitwise } from './splitwise.ts';
import { records } from './table.ts';

export const mostImportRows = 10_000;
export const maxImportChars = 3_000_000;

// Some exports begin with a remark.
const headingWithin = 10;

/** What a CSV of Splitwise or Spliit says, whole, or why it cannot be read. */
export function readExport(text: string, options: ReadOptions): ImportReading {
	const table = records(text);
	const head = table.slice(0, headingWithin);
	const [splitwise, spliit] = [head.findIndex(isSplitwiseHeading), head.findIndex(isSpliitHeading)];
	if (splitwise === -1 && spliit === -1) return { ok: false, problem: { code: 'import_unknown' } };
	if (table.length > mostImportRows + headingWithin) {
		return { ok: false, problem: { code: 'import_too_many_rows', most: mostImportRows } };
	}
	try {
		const plan =
			splitwise === -1 ? readSpliit(table, spliit, options) : readSplitwise(table, splitwise, options);
		return checked(plan);
	} catch (error) {
		if (error instanceof UnreadableRow) return { ok: false, problem: error.problem };
		throw error;
	}
}

function checked(plan: ImportPlan): ImportReading {
	if (plan.members.length > mostMembers) {
		return { ok: false, problem: { code: 'import_too_many_members', most: mostMembers } };
	}
	if (plan.rows.length + plan.questions.length === 0) return { ok: false, problem: { code: 'import_empty' } };
	return { ok: true, plan };
}
