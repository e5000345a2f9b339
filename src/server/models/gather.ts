/** What people who agreed have chosen: the corrections that models are trained on. */
import { groupOf } from '#lib/categories.ts';
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/client.ts';
import type { Trainer } from './trainer.ts';

/** Whoever lets others learn from what they have chosen. */
export const agreeing = { sharesCorrectionsSince: { not: null }, disabledAt: null } as const;

/** A person's latest choices are looked at, up to so many. */
const mostLookedAt = 200_000;
const atOnce = 2000;
/** Between two reads, for everybody else. */
const breathMs = 5;

/**
 * Hands the trainer the corrections of everybody who agrees at this moment, person by person. `tell` hears how many of them are
 * done; it throws to stop.
 */
export async function gatherCorrections(
	db: Db,
	trainer: Trainer,
	tell: (done: number, total: number) => Promise<void>
): Promise<void> {
	const people = await db.user.findMany({ where: agreeing, select: { id: true }, orderBy: { id: 'asc' } });
	for (const [done, { id }] of people.entries()) {
		await tell(done, people.length);
		trainer.nextPerson();
		await gatherFrom(db, trainer, id);
	}
}

async function gatherFrom(db: Db, trainer: Trainer, userId: string): Promise<void> {
	let after: string | undefined;
	for (let seen = 0; seen < mostLookedAt; seen += atOnce) {
		const rows = await db.transaction.findMany({
			where: { userId, source: 'user', ...(after !== undefined && { id: { lt: after } }) },
			orderBy: { id: 'desc' },
			take: atOnce,
			select: {
				id: true,
				description: true,
				amount: true,
				currency: true,
				categoryId: true,
				merchantKey: true
			}
		});
		const corrections = rows.flatMap(({ id: _, amount, categoryId: label, ...row }) =>
			label !== null && groupOf(label) ? [{ ...row, label, amount: Number(amount) }] : []
		);
		const goesOn = await trainer.add(corrections);
		if (!goesOn || rows.length < atOnce) return;
		after = rows.at(-1)!.id;
		await delay(breathMs);
	}
}
