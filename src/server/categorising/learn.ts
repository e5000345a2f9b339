import { kindOf, type Kind } from '#models/own.ts';
import { dialectOf, rawSql, sql, type Tx } from '../db/client.ts';

/** A transaction whose category a person says or takes back. `amount` in minor units, outflow negative. */
export type Spoken = { description: string; amount: bigint; source: string; categoryId: string | null };

type Change = Kind & { categoryId: string; by: number };

/**
 * Keeps a person's own counts in step, in the transaction that changes the rows: what they had said of a row counts no longer,
 * and `categoryId` counts instead (null: nothing does; it goes, or is the model's to guess again). `rows` as they were before.
 * Whoever calls has the person's row locked (users/lock.ts), so that nobody changes them meanwhile.
 */
export async function learn(
	tx: Tx,
	userId: string,
	rows: readonly Spoken[],
	categoryId: string | null
): Promise<void> {
	const changes = new Map<string, Change>();
	const count = (kind: Kind, categoryId: string, by: 1 | -1) => {
		const key = JSON.stringify([kind, categoryId]);
		const before = changes.get(key)?.by ?? 0;
		changes.set(key, { ...kind, categoryId, by: before + by });
	};
	for (const { description, amount, source, categoryId: before } of rows) {
		const said = source === 'user' ? before : null;
		if (said === categoryId) continue;
		const kind = kindOf(description, Number(amount));
		if (said) count(kind, said, -1);
		if (categoryId) count(kind, categoryId, 1);
	}
	const moved = [...changes.values()].filter(({ by }) => by !== 0);
	if (moved.length === 0) return;
	await add(tx, userId, moved);
	if (moved.some(({ by }) => by < 0)) {
		await tx.learnedCount.deleteMany({ where: { userId, count: { lte: 0 } } });
	}
}

function add(tx: Tx, userId: string, changes: readonly Change[]): Promise<number> {
	const json = JSON.stringify(
		changes.map(({ name, incoming, size, categoryId, by }) => [name, incoming, size, categoryId, by])
	);
	const now = new Date();
	const [values, rows, at] =
		dialectOf(tx) === 'sqlite'
			? ([
					'j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, j.value ->> 4',
					sql`jsonb_each(${json}) AS j`,
					sql`${now}`
				] as const)
			: ([
					'j.value ->> 0, (j.value ->> 1)::boolean, (j.value ->> 2)::integer, j.value ->> 3, (j.value ->> 4)::integer',
					sql`jsonb_array_elements(${json}::jsonb) AS j(value)`,
					sql`${now}::timestamp`
				] as const);
	return tx.$executeRaw`
		INSERT INTO "LearnedCount" ("userId", "saidAt", "name", "incoming", "size", "categoryId", "count")
		SELECT ${userId}, ${at}, ${rawSql(values)} FROM ${rows} WHERE true
		ON CONFLICT ("userId", "name", "incoming", "size", "categoryId") DO UPDATE SET
			"count" = "LearnedCount"."count" + excluded."count",
			"saidAt" = CASE WHEN excluded."count" > 0 THEN excluded."saidAt" ELSE "LearnedCount"."saidAt" END`;
}
