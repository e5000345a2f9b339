import type { App } from '../app.ts';
import { spendingMoved } from '../budgets/spending-moved.ts';
import { heldBook } from '../categories/book.ts';
import { guesserFor } from '../categorising/guess.ts';
import { DomainError } from '../errors.ts';
import { afterCommit, inTx } from '../db/client.ts';
import { findTransfers } from '../transfers/find.ts';
import { findUpload } from './find.ts';
import type { NewTransaction } from './reader-messages.ts';
import { uploadCounts } from './view.ts';

/**
 * Imports rows that were taken for duplicates after all: the person knows better. Lines that are no duplicates of this upload
 * are passed over; asking twice imports once. Where a category has been merged away since, it is guessed anew. Returns how many
 * were imported. Errors: NOT_FOUND, CONFLICT (`upload_rows_closed`).
 */
export async function importAnyway(
	{ db, live, models }: Pick<App, 'db' | 'live' | 'models'>,
	userId: string,
	{ id: uploadId, lines }: { id: string; lines: number[] }
): Promise<number> {
	const { model } = await models.active(); // reading it takes a moment, which is not for the database to wait
	const ids = await inTx(db, async (tx) => {
		const { accountId, status } = await findUpload(tx, userId, uploadId);
		if (status !== 'done' || !accountId) throw new DomainError('CONFLICT', 'upload_rows_closed');
		await tx.account.update({ where: { id: accountId }, data: { revision: { increment: 1 } } });
		const rows = await tx.uploadRow.findMany({
			where: { uploadId, outcome: 'duplicate', line: { in: lines } },
			orderBy: { line: 'asc' }
		});
		const book = await heldBook(tx, userId);
		const guessOf = await guesserFor(tx, userId, model);
		for (const row of rows) {
			const [
				id,
				line,
				date,
				amount,
				currency,
				description,
				merchant,
				merchantKey,
				search,
				fingerprint,
				,
				categoryId,
				confidence,
				review,
				raw,
				// Rows that were stored before there were rules end here.
				source = 'model',
				note = ''
			] = row.parsed as NewTransaction;
			const last = await tx.transaction.aggregate({
				where: { accountId, fingerprint },
				_max: { occurrence: true }
			});
			const payment = { date, amount: BigInt(amount), currency, description, merchant, accountId };
			const decided = book.groupOf(categoryId)
				? { categoryId, source, confidence, review: review === 1 }
				: guessOf(payment);
			await tx.transaction.create({
				data: {
					...payment,
					...decided,
					id,
					userId,
					uploadId,
					line,
					merchantKey,
					search,
					fingerprint,
					occurrence: (last._max.occurrence ?? 0) + 1,
					raw,
					note
				}
			});
		}
		await tx.uploadRow.deleteMany({ where: { uploadId, line: { in: rows.map((row) => row.line) } } });
		const upload = await tx.upload.update({
			where: { id: uploadId },
			data: { imported: { increment: rows.length }, duplicates: { decrement: rows.length } }
		});
		await spendingMoved(tx, { userIds: [userId] });
		afterCommit(tx, () => live.toUser(userId, 'upload:done', { uploadId, ...uploadCounts(upload) }));
		return rows.map(({ parsed }) => (parsed as NewTransaction)[0]);
	});
	if (ids.length > 0) await findTransfers({ db, live }, userId, { ids });
	return ids.length;
}
