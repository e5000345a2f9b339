/** What kind of file a receipt is, by its first bytes: names and headers say whatever they like. */

export const receiptTypes = [
	'image/jpeg',
	'image/png',
	'image/webp',
	'image/gif',
	'application/pdf'
] as const;
export type ReceiptType = (typeof receiptTypes)[number];

export const maxReceiptBytes = 10 * 1024 ** 2;

const latin = (bytes: Uint8Array, from: number, to: number): string =>
	String.fromCharCode(...bytes.subarray(from, to));

/** Null for what is none of {@link receiptTypes}. */
export function receiptTypeOf(bytes: Uint8Array): ReceiptType | null {
	if (latin(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
	if (latin(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
	if (latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP') return 'image/webp';
	if (/^GIF8[79]a$/.test(latin(bytes, 0, 6))) return 'image/gif';
	if (latin(bytes, 0, 5) === '%PDF-') return 'application/pdf';
	return null;
}
