import type { ReceiptType } from '#lib/receipts/type.ts';

const endings: Record<ReceiptType, string> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'image/gif': 'gif',
	'application/pdf': 'pdf'
};

/** Where the receipt of an expense is in an archive: made of its id alone, which is a UUID. */
export const receiptName = (expenseId: string, type: string): string =>
	`receipts/${expenseId}.${Object.hasOwn(endings, type) ? endings[type as ReceiptType] : 'bin'}`;
