import { stripMetadata } from '#lib/receipts/strip.ts';
import { maxReceiptBytes, receiptTypeOf, type ReceiptType } from '#lib/receipts/type.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { findExpense } from '../expenses/find.ts';
import { lockGroup, recordChange } from '../groups/change.ts';
import type { Membership } from '../groups/membership.ts';
import { writeAside } from './files.ts';

export const receiptTooLarge = (): DomainError =>
	new DomainError('TOO_LARGE', 'receipt_too_large', { params: { megabytes: maxReceiptBytes / 1024 ** 2 } });

/**
 * Keeps a picture or PDF as an expense's receipt, in place of the one before. What a picture tells beside itself (place, time,
 * camera) is taken out. The file is whole on the disk before anything says that it is there. Errors: TOO_LARGE, INVALID with
 * HTTP 415 (`receipt_type`, `receipt_broken`), NOT_FOUND.
 */
export async function putReceipt(
	app: App,
	membership: Membership,
	expenseId: string,
	bytes: Uint8Array<ArrayBuffer>
): Promise<{ receiptType: ReceiptType }> {
	if (bytes.length > maxReceiptBytes) throw receiptTooLarge();
	const receiptType = receiptTypeOf(bytes);
	if (!receiptType) throw new DomainError('INVALID', 'receipt_type', { status: 415 });
	const stripped = stripMetadata(bytes, receiptType);
	if (!stripped) throw new DomainError('INVALID', 'receipt_broken', { status: 415 });
	const file = await writeAside(app.config, expenseId, stripped);
	try {
		await inTx(app.db, async (tx) => {
			await lockGroup(tx, membership);
			const expense = await findExpense(tx, membership, expenseId);
			if (expense.deletedAt) throw notFound();
			await tx.expense.update({ where: { id: expenseId }, data: { receiptType } });
			await recordChange(tx, app, membership, {
				kind: 'receipt_added',
				subjectId: expenseId,
				summary: { title: expense.description }
			});
			// Inside the lock, so that of two at once the file and the row are of the same.
			await file.keep();
		});
	} catch (error) {
		await file.drop();
		throw error;
	}
	return { receiptType };
}
