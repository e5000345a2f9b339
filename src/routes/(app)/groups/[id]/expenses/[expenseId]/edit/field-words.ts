/** Both versions of a field, as people read them. */
import type { SavedExpense } from '#lib/groups/draft.ts';
import type { MergeField } from '#lib/groups/merge.ts';
import { changesOf } from '../../../(parts)/activity/changes.ts';
import type { Group } from '../../../names.ts';

export type FieldWords = { field: MergeField; label: string; mine: string; theirs: string };

/** The words of the group's log: what it was is theirs there, what it became is mine. */
export function fieldWords(
	group: Group,
	field: MergeField,
	{ mine, theirs }: { mine: SavedExpense; theirs: SavedExpense }
): FieldWords {
	const changes = {
		[field]: [theirs[field], mine[field]] as [unknown, unknown],
		currency: [theirs.currency, mine.currency] as [unknown, unknown]
	};
	const told = changesOf(group, { changes, summary: { currency: mine.currency } });
	// The currency is told too, as a line of its own; an amount names its own.
	const [words] = told.filter(({ field: label }) => label !== currencyLabel(group));
	return { field, label: words?.field ?? field, theirs: words?.before ?? '', mine: words?.after ?? '' };
}

const currencyLabel = (group: Group): string =>
	changesOf(group, { changes: { currency: ['EUR', 'EUR'] }, summary: {} })[0]?.field ?? '';
