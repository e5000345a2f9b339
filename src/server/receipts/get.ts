import { receiptTypeOf, type ReceiptType } from '#lib/receipts/type.ts';
import type { App } from '../app.ts';
import { notFound } from '../errors.ts';
import type { Membership } from '../groups/membership.ts';
import { readReceipt } from './files.ts';

/** An expense's receipt. The type is that of the file itself. Error: NOT_FOUND. */
export async function getReceipt(
	{ db, config }: Pick<App, 'db' | 'config'>,
	{ groupId }: Membership,
	expenseId: string
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: ReceiptType }> {
	const has = await db.expense.count({ where: { id: expenseId, groupId, receiptType: { not: null } } });
	const bytes = has === 1 ? await readReceipt(config, expenseId) : null;
	const type = bytes && receiptTypeOf(bytes);
	if (!type) throw notFound();
	return { bytes, type };
}
