import { setTimeout as delay } from 'node:timers/promises';
import { reviewThreshold } from '#lib/models.ts';
import { Categoriser } from '#models/categorise.ts';
import type { App } from '../app.ts';
import { ownCounts } from '../categorising/own-counts.ts';

/** The latest transactions that a model has categorised, of everybody. */
const sampleSize = 10_000;
const atOnce = 1000;
const breathMs = 5;
const mostPairs = 40;
const mostOwn = 50;

export type Comparison = {
	/** Ids of the model in use and of the other one. */
	activeId: string;
	id: string;
	/** How many transactions were looked at, and how many the other model would put elsewhere. */
	sampled: number;
	changed: number;
	/** From which category to which, most first: counts only, as they are other people's. */
	pairs: { from: string; to: string; count: number }[];
	/** Those of the admin's own, in full. */
	own: {
		id: string;
		date: string;
		description: string;
		amount: number;
		currency: string;
		from: string;
		to: string;
	}[];
};

/**
 * What would be decided differently with a version of what models categorise. What its person has said of a merchant comes before any
 * model, so that stays in any case, as does what people or their rules have decided.
 * Errors: NOT_FOUND, INVALID (`model_broken`).
 */
export async function compareModel(
	{ db, models }: Pick<App, 'db' | 'models'>,
	adminId: string,
	id: string
): Promise<Comparison> {
	const active = await models.active();
	const other = await models.load(id);
	const deciding = new Map<string, readonly [now: Categoriser, then: Categoriser]>();
	const decidersOf = async (userId: string) => {
		const before = deciding.get(userId);
		if (before) return before;
		const said = await ownCounts(db, userId);
		const both = [active, other].map(({ model }) => new Categoriser(model, said, reviewThreshold));
		const [now, then] = both as [Categoriser, Categoriser];
		deciding.set(userId, [now, then]);
		return [now, then] as const;
	};
	const pairs = new Map<string, { from: string; to: string; count: number }>();
	const own: Comparison['own'] = [];
	let sampled = 0;
	let changed = 0;
	let after: string | undefined;
	while (sampled < sampleSize) {
		const rows = await db.transaction.findMany({
			where: { source: 'model', ...(after !== undefined && { id: { lt: after } }) },
			orderBy: { id: 'desc' },
			take: atOnce,
			select: { id: true, userId: true, date: true, description: true, amount: true, currency: true }
		});
		for (const { userId, ...row } of rows) {
			const amount = Number(row.amount);
			const [now, then] = await decidersOf(userId);
			const from = now.decide({ ...row, amount }).category;
			const to = then.decide({ ...row, amount }).category;
			if (from === to) continue;
			changed++;
			const pair = pairs.get(`${from} ${to}`) ?? { from, to, count: 0 };
			pairs.set(`${from} ${to}`, { ...pair, count: pair.count + 1 });
			if (userId === adminId && own.length < mostOwn) own.push({ ...row, amount, from, to });
		}
		sampled += rows.length;
		if (rows.length < atOnce) break;
		after = rows.at(-1)!.id;
		await delay(breathMs);
	}
	return {
		...{ activeId: active.id, id, sampled, changed },
		pairs: [...pairs.values()].sort((one, two) => two.count - one.count).slice(0, mostPairs),
		own
	};
}
