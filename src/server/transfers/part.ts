import type { Model } from '#models/predict.ts';
import { guessAgain } from '../categorising/guess-again.ts';
import { sayableByIds } from '../categorising/say.ts';
import type { Transfer, Tx } from '../db/client.ts';

/**
 * Takes the halves of transfers apart. What is in a category because of the transfer becomes what it would have been without;
 * whatever else was said of a half stays. With `remember` they are found no more. Returns the halves.
 */
export async function partTransfers(
	tx: Tx,
	userId: string,
	model: Model,
	links: readonly Transfer[],
	{ remember }: { remember: boolean }
): Promise<string[]> {
	for (const { outId, inId } of links) {
		await tx.transfer.delete({ where: { outId } });
		if (remember) await tx.noTransfer.create({ data: { outId, inId } });
	}
	const ids = links.flatMap(({ outId, inId }) => [outId, inId]);
	const halves = await sayableByIds(tx, userId, ids);
	await guessAgain(
		tx,
		userId,
		model,
		halves.filter(({ source }) => source === 'transfer')
	);
	return ids;
}
