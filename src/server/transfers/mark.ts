import { z } from 'zod';
import { transferCategory } from '#lib/transfers/evidence.ts';
import { id } from '#lib/schemas.ts';
import type { App } from '../app.ts';
import { byTransfer } from '../categorising/guess-again.ts';
import { learn } from '../categorising/learn.ts';
import { categoriesChanged, sayableByIds, setGuess, type Sayable } from '../categorising/say.ts';
import { inTx, type Tx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { isTied } from '../transactions/tie.ts';
import { accountsOf } from './find.ts';
import { linksOf } from './links.ts';

export const mark = z.object({
	id,
	otherId: id,
	/** False: it was found, and is one again; what had been said of the categories stays, as when it was found. */
	byHand: z.boolean().default(true)
});

/** What was so before, for whoever takes it back. */
export type Marked = {
	/** What the person had said of the categories. */
	said: { id: string; categoryId: string }[];
	/** The person had said that these two are no transfer. */
	wasApart: boolean;
};

/**
 * Makes two transactions one transfer because their person says so: what they or a rule had said of the categories counts no longer.
 * Done again it changes nothing. Errors: NOT_FOUND, INVALID (`no_transfer`: they are not of two accounts, or not of opposite amounts in
 * one currency), CONFLICT (`transfer_taken`: one of them is half of another one; `transaction_taken`: one is
 * an expense or a payment of a group).
 */
export const markTransfer = (
	{ db, live }: Pick<App, 'db' | 'live'>,
	userId: string,
	{ id, otherId, byHand }: z.output<typeof mark>
): Promise<Marked> =>
	inTx(db, async (tx) => {
		const joined = await joinHalves(tx, userId, { id, otherId, byHand });
		if (!joined) return { said: [], wasApart: false };
		const { halves, categoryId, wasApart } = joined;
		const overruled = byHand ? halves : halves.filter(({ source }) => source !== 'user' && source !== 'rule');
		await learn(tx, userId, overruled, null);
		const ids = overruled.map((half) => half.id);
		await setGuess(tx, ids, byTransfer(categoryId));
		await categoriesChanged(tx, live, userId, 2);
		const said = overruled.flatMap((half) =>
			half.source === 'user' && half.categoryId !== null ? [{ id: half.id, categoryId: half.categoryId }] : []
		);
		return { said, wasApart };
	});

/**
 * Links two transactions, and changes nothing of themselves. Null when they are linked already. `categoryId` where it is known what the
 * transfer was. Errors as of {@link markTransfer}.
 */
export async function joinHalves(
	tx: Tx,
	userId: string,
	{ id, otherId, byHand, categoryId }: z.output<typeof mark> & { categoryId?: string }
): Promise<{ halves: Sayable[]; categoryId: string; wasApart: boolean } | null> {
	const halves = await sayableByIds(tx, userId, [...new Set([id, otherId])]);
	const [one, other] = [halves.find((half) => half.id === id), halves.find((half) => half.id === otherId)];
	if (!one || !other) throw notFound();
	const fit = one.accountId !== other.accountId && one.currency === other.currency && one.amount !== 0n;
	if (!fit || one.amount !== -other.amount) throw new DomainError('INVALID', 'no_transfer');
	const [outId, inId] = one.amount < 0n ? [id, otherId] : [otherId, id];
	const links = await linksOf(tx, [id, otherId]);
	if (links.some((link) => link.outId === outId && link.inId === inId)) return null;
	if (links.length > 0) throw new DomainError('CONFLICT', 'transfer_taken');
	// In one order, or two people at once would wait for each other.
	for (const half of [outId, inId].sort())
		if (await isTied(tx, half)) throw new DomainError('CONFLICT', 'transaction_taken');
	const known = categoryId ?? transferCategory(halves, await accountsOf(tx, userId));
	const { count } = await tx.noTransfer.deleteMany({ where: { outId, inId } });
	await tx.transfer.create({ data: { outId, inId, categoryId: known, byHand } });
	return { halves, categoryId: known, wasApart: count > 0 };
}
