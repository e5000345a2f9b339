import { sayable, type Sayable } from '../categorising/say.ts';
import type { Tx } from '../db/client.ts';

/**
 * Other transactions of the same merchants, in the same direction, that are guessed to be what was said of these: it may have been
 * the reason. `rows` as they were when it was said.
 */
export async function guessedAlike(tx: Tx, userId: string, rows: readonly Sayable[]): Promise<Sayable[]> {
	const kinds = Map.groupBy(rows, ({ merchantKey, amount, categoryId }) =>
		JSON.stringify([merchantKey, amount > 0n, categoryId])
	);
	const ids = new Set(rows.map(({ id }) => id));
	const others: Sayable[] = [];
	for (const [{ merchantKey, amount, categoryId } = rows[0]!] of kinds.values()) {
		const alike = await sayable(tx, userId, {
			...{ merchantKey, categoryId, source: 'model', review: false },
			amount: amount > 0n ? { gt: 0n } : { lte: 0n }
		});
		others.push(...alike.filter(({ id }) => !ids.has(id)));
	}
	return others;
}
