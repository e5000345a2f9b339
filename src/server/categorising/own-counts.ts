import type { OwnCount } from '#models/own.ts';
import type { Db, Tx } from '../db/client.ts';

/** All that a person has said of categories, for models/own.ts. Nobody else's prediction or reason ever sees it. */
export async function ownCounts(db: Db | Tx, userId: string): Promise<OwnCount[]> {
	const rows = await db.learnedCount.findMany({ where: { userId } });
	return rows.map(({ name, incoming, size, categoryId: category, count, saidAt }) => ({
		...{ name, incoming, size, category, count },
		saidAt: saidAt.getTime()
	}));
}
