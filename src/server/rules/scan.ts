/**
 * Goes through a person's transactions, newest first, and says what rules would change of each. Halves of transfers are left out:
 * rules that came later do not overrule what was found to be one.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { decidedBy, fieldChanges, type Fields } from '#lib/rules/changes.ts';
import { prepare, subjectOf, type Outcome } from '#lib/rules/evaluate.ts';
import type { Rule } from '#lib/rules/rule.ts';
import { emptySql, sql, type Db } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { isNoHalf } from '../transfers/free.ts';
import { freeToSplit, isSplittable, type Split } from './splits.ts';

/** Rows that are read at once: some ten milliseconds, and then it is everybody else's turn. */
const rowsAtOnce = 1000;

export type Row = Omit<Fields, 'review'> & {
	id: string;
	date: string;
	amount: bigint;
	currency: string;
	description: string;
	accountId: string;
	fingerprint: string;
	occurrence: number;
	review: boolean | bigint | number;
};

export type Change = {
	row: Row;
	before: Fields;
	/** What becomes of its own fields; null when nothing does. */
	after: Fields | null;
	/** The expense that is made of it. */
	split: Split | null;
};

export type Scan = {
	/** The rules in their order. */
	rules: readonly Rule[];
	/** Only what this one of them decides. */
	only?: string | undefined;
	/** Also where a person has chosen themselves. */
	overOwn?: boolean;
	uploadId?: string;
	/** Of the transaction to go on after: `DATE_ID`. */
	cursor?: string | undefined;
};

export const cursorOf = ({ date, id }: { date: string; id: string }): string => `${date}_${id}`;

/** Error: INVALID (`bad_cursor`). */
export async function* scan(
	db: Db,
	userId: string,
	{ rules, only, overOwn = false, uploadId, cursor }: Scan
): AsyncGenerator<Change> {
	const decide = prepare(rules);
	const mine = (outcome: Outcome) => (only === undefined ? outcome : decidedBy(outcome, only));
	const groups = await openGroups(db, userId);
	let after = cursor;
	for (;;) {
		const rows = await readRows(db, userId, { uploadId, after });
		const outcomes = rows.map((row) => mine(decide(subjectOf({ ...row, amount: Number(row.amount) }))));
		const splits = await freeToSplit(
			db,
			rows.filter((row, at) => isSplittable(row) && groups.has(outcomes[at]!.split?.value.groupId ?? ''))
		);
		const free = new Set(splits.map(({ id }) => id));
		for (const [at, row] of rows.entries()) {
			const { categoryId, source, confidence, merchant, note, description } = row;
			const before = { categoryId, source, confidence, review: Boolean(row.review), merchant, note };
			const changes = fieldChanges({ ...before, description }, outcomes[at]!, { overOwn });
			const split = free.has(row.id) ? outcomes[at]!.split!.value : null;
			if (changes || split) yield { row, before, after: changes?.after ?? null, split };
		}
		if (rows.length < rowsAtOnce) return;
		after = cursorOf(rows.at(-1)!);
		await breathe();
	}
}

async function openGroups(db: Db, userId: string): Promise<Set<string>> {
	const memberships = await db.member.findMany({
		where: { userId, removedAt: null, group: { archivedAt: null } },
		select: { groupId: true }
	});
	return new Set(memberships.map(({ groupId }) => groupId));
}

type Where = { uploadId: string | undefined; after: string | undefined };

function readRows(db: Db, userId: string, { uploadId, after }: Where): Promise<Row[]> {
	const [date, id] = after?.split('_') ?? [];
	if (after !== undefined && !(date && id)) throw new DomainError('INVALID', 'bad_cursor');
	return db.$queryRaw<Row[]>`
		SELECT "id", "date", "amount", "currency", "description", "merchant", "accountId", "fingerprint", "occurrence",
			"categoryId", "source", "confidence", "review", "note"
		FROM "Transaction"
		WHERE "userId" = ${userId}
			AND ${isNoHalf('"Transaction"')} ${uploadId ? sql`AND "uploadId" = ${uploadId}` : emptySql}
			${date && id ? sql`AND ("date", "id") < (${date}, ${id})` : emptySql}
		ORDER BY "date" DESC, "id" DESC LIMIT ${rowsAtOnce}`;
}
