import type { Fields } from '#lib/rules/changes.ts';
import { merchantKey } from '#lib/merchant.ts';
import { searchText } from '#lib/search.ts';
import { dialectOf, rawSql, type Tx } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';

/** What became of a transaction; turned round it takes that back. */
export type FieldChange = { id: string; description: string; before: Fields; after: Fields };

/**
 * Changes many transactions in one statement: those that still are as they were before, and half of no transfer that was found
 * meanwhile. Returns the ids of those that were changed.
 */
export async function writeChanges(
	tx: Tx,
	userId: string,
	changes: readonly FieldChange[]
): Promise<Set<string>> {
	if (changes.length === 0) return new Set();
	const source = rawSql(
		dialectOf(tx) === 'sqlite' ? '"w"."source"' : 'CAST("w"."source" AS "CategorySource")'
	);
	const rows = await tx.$queryRaw<{ id: string }[]>`
		${rowsAsTable(tx, 'w', columns, changes.map(cells))}
		UPDATE "Transaction" SET
			"categoryId" = "w"."categoryId", "source" = ${source},
			"confidence" = CAST("w"."confidence" AS DOUBLE PRECISION), "review" = ("w"."review" = 'yes'),
			"merchant" = "w"."merchant", "merchantKey" = "w"."merchantKey", "search" = "w"."search", "note" = "w"."note"
		FROM "w"
		WHERE "Transaction"."id" = "w"."id" AND "Transaction"."userId" = ${userId}
			AND "Transaction"."categoryId" IS NOT DISTINCT FROM "w"."oldCategoryId"
			AND CAST("Transaction"."source" AS TEXT) = "w"."oldSource"
			AND "Transaction"."merchant" = "w"."oldMerchant" AND "Transaction"."note" = "w"."oldNote"
			AND NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."outId" = "Transaction"."id")
			AND NOT EXISTS (SELECT 1 FROM "Transfer" x WHERE x."inId" = "Transaction"."id")
		RETURNING "Transaction"."id" AS "id"`;
	return new Set(rows.map(({ id }) => id));
}

const columns = [
	...['id', 'categoryId', 'source', 'confidence', 'review', 'merchant', 'merchantKey', 'search', 'note'],
	...['oldCategoryId', 'oldSource', 'oldMerchant', 'oldNote']
];

const cells = ({ id, description, before, after }: FieldChange): (string | null)[] => [
	...[id, after.categoryId, after.source, String(after.confidence), after.review ? 'yes' : 'no'],
	...[after.merchant, merchantKey(after.merchant), searchText(description, after.merchant), after.note],
	...[before.categoryId, before.source, before.merchant, before.note]
];
