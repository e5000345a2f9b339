/**
 * Takes out of a picture what says where, when and with what it was taken; its pixels stay byte by byte as they are. Sources:
 * ITU-T T.81 (JPEG), W3C PNG 3rd edition, RFC 9649 (WebP).
 */
import type { ReceiptType } from './type.ts';
import { orientationOf, orientationSegment } from './orientation.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The file without what it tells beside the picture. Null when a picture breaks off or is none. GIF and PDF stay as they are. */
export function stripMetadata(bytes: Bytes, type: ReceiptType): Bytes | null {
	switch (type) {
		case 'image/jpeg':
			return stripJpeg(bytes);
		case 'image/png':
			return stripPng(bytes);
		case 'image/webp':
			return stripWebp(bytes);
		default:
			return bytes;
	}
}

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
	String.fromCharCode(...bytes.subarray(from, from + length));

function joined(pieces: readonly Uint8Array[]): Bytes {
	const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

function stripJpeg(bytes: Bytes): Bytes | null {
	const kept: Uint8Array[] = [bytes.subarray(0, 2)];
	let orientation: number | null = null;
	let at = 2;
	for (;;) {
		if (bytes[at] !== 0xff) return null;
		while (bytes[at + 1] === 0xff) at++; // any number of fill bytes may stand before a marker
		const marker = bytes[at + 1];
		if (marker === undefined) return null;
		if (marker === endOfImage) {
			kept.push(bytes.subarray(at, at + 2)); // what phones put behind is other pictures, with places of their own
			break;
		}
		const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
		if (end > bytes.length || end < at + 4) return null;
		const segment = bytes.subarray(at, end);
		orientation ??= marker === 0xe1 ? orientationOf(segment.subarray(4)) : null;
		if (isNeeded(marker, segment)) kept.push(segment);
		at = end;
		if (marker !== startOfScan) continue;
		const scan = endOfScan(bytes, at);
		kept.push(bytes.subarray(at, scan));
		at = scan;
	}
	// Which way is up is the one thing that viewers need of it.
	if (orientation !== null) kept.splice(1, 0, orientationSegment(orientation));
	return joined(kept);
}

/** Of comments and application data only what says how colours are meant. */
function isNeeded(marker: number, segment: Uint8Array): boolean {
	if (marker === 0xfe) return false;
	if (marker < 0xe0 || marker > 0xef) return true;
	const name = ascii(segment, 4, 12);
	return (
		(marker === 0xe0 && name.startsWith('JFIF\0')) ||
		(marker === 0xe2 && name.startsWith('ICC_PROFILE\0')) ||
		(marker === 0xee && name.startsWith('Adobe'))
	);
}

/** Where the next marker is; in coded data FF 00 is a byte, and FF D0 to FF D7 are marks within. */
function endOfScan(bytes: Uint8Array, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1];
		if (next === undefined) break;
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	return bytes.length;
}

// What a picture is made of, its colours and its movement; everything else is text, time, or unknown.
const pngChunks = new Set(
	(
		'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs hIST sPLT ' + 'acTL fcTL fdAT'
	).split(' ')
);

function stripPng(bytes: Bytes): Bytes | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kept: Uint8Array[] = [bytes.subarray(0, 8)];
	for (let at = 8; at + 12 <= bytes.length;) {
		const end = at + 12 + view.getUint32(at);
		if (end > bytes.length) return null;
		const kind = ascii(bytes, at + 4, 4);
		if (pngChunks.has(kind)) kept.push(bytes.subarray(at, end));
		if (kind === 'IEND') return joined(kept);
		at = end;
	}
	return null;
}

function stripWebp(bytes: Bytes): Bytes | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 20 || 8 + view.getUint32(4, true) > bytes.length) return null;
	const end = 8 + view.getUint32(4, true);
	const kept: Uint8Array[] = [bytes.slice(0, 12)];
	for (let at = 12; at + 8 <= end;) {
		const size = view.getUint32(at + 4, true);
		const next = at + 8 + size + (size % 2);
		if (at + 8 + size > end) return null;
		const kind = ascii(bytes, at, 4);
		if (kind === 'VP8X') {
			const header = bytes.slice(at, next);
			header[8]! &= ~(exifFlag | xmpFlag);
			kept.push(header);
		} else if (kind !== 'EXIF' && kind !== 'XMP ') kept.push(bytes.subarray(at, next));
		at = next;
	}
	const all = joined(kept);
	new DataView(all.buffer).setUint32(4, all.length - 8, true);
	return all;
}
const exifFlag = 0x08;
const xmpFlag = 0x04;
