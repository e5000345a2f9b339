import type { Fields } from '#lib/rules/changes.ts';
import { merchantKey } from '#lib/merchant.ts';
import { searchText } from '#lib/search.ts';
import { dialectOf, rawSql, type Tx } from '../db/client.ts';
import { rowsAsTable } from '../db/rows-as-table.ts';
import { learn, type Spoken } from '../categorising/learn.ts';
import { sayableByIds } from '../categorising/say.ts';
import { isNoHalf } from '../transfers/free.ts';
import { lockPerson } from '../users/lock.ts';

/** What became of a transaction; turned round it takes that back. */
export type FieldChange = { id: string; description: string; before: Fields; after: Fields };

/**
 * Changes many transactions in one statement: those that still are as they were before, and half of no transfer that was found
 * meanwhile. What a person had said of them counts no longer, and what they say of them again does. Returns the ids of those that
 * were changed.
 */
export async function writeChanges(
	tx: Tx,
	userId: string,
	changes: readonly FieldChange[]
): Promise<Set<string>> {
	if (changes.length === 0) return new Set();
	await lockPerson(tx, userId);
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
			AND ${isNoHalf('"Transaction"')}
		RETURNING "Transaction"."id" AS "id"`;
	const written = new Set(rows.map(({ id }) => id));
	await learnFrom(
		tx,
		userId,
		changes.filter(({ id }) => written.has(id))
	);
	return written;
}

/** Keeps what is learned from a person in step with what they have said of transactions, before and after. */
async function learnFrom(tx: Tx, userId: string, changes: readonly FieldChange[]): Promise<void> {
	const spoken = new Map(
		changes.filter(({ before, after }) => saidBy(before) !== saidBy(after)).map((one) => [one.id, one])
	);
	const byCategory = new Map<string | null, Spoken[]>();
	for (const row of await sayableByIds(tx, userId, [...spoken.keys()])) {
		const { before, after } = spoken.get(row.id)!;
		const { source, categoryId } = before;
		const rows = byCategory.get(saidBy(after)) ?? [];
		rows.push({ ...row, source, categoryId });
		byCategory.set(saidBy(after), rows);
	}
	for (const [categoryId, rows] of byCategory) await learn(tx, userId, rows, categoryId);
}

const saidBy = ({ source, categoryId }: Fields): string | null => (source === 'user' ? categoryId : null);

const columns = [
	...['id', 'categoryId', 'source', 'confidence', 'review', 'merchant', 'merchantKey', 'search', 'note'],
	...['oldCategoryId', 'oldSource', 'oldMerchant', 'oldNote']
];

const cells = ({ id, description, before, after }: FieldChange): (string | null)[] => [
	...[id, after.categoryId, after.source, String(after.confidence), after.review ? 'yes' : 'no'],
	...[after.merchant, merchantKey(after.merchant), searchText(description, after.merchant), after.note],
	...[before.categoryId, before.source, before.merchant, before.note]
];
