import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { orientationOf, orientationSegment } from '#lib/receipts/orientation.ts';
import { stripMetadata } from '#lib/receipts/strip.ts';
import { receiptTypeOf } from '#lib/receipts/type.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (...pieces: (string | number[] | Uint8Array)[]): Bytes =>
	new Uint8Array(
		pieces.flatMap((piece) => (typeof piece === 'string' ? [...Buffer.from(piece, 'latin1')] : [...piece]))
	);
const holds = (file: Uint8Array, text: string): boolean =>
	Buffer.from(file).toString('latin1').includes(text);

const segment = (marker: number, payload: Uint8Array): Bytes =>
	bytes([0xff, marker, (payload.length + 2) >> 8, (payload.length + 2) & 0xff], payload);
const place = 'GPSLatitude 52.5200';

/** A little-endian Exif block that says the orientation and the place. */
const exif = (orientation: number): Bytes =>
	bytes(
		'Exif\0\0II',
		[42, 0, 8, 0, 0, 0],
		[2, 0],
		[0x0f, 0x01, 2, 0, 4, 0, 0, 0, 65, 66, 67, 0],
		[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
		[0, 0, 0, 0],
		place
	);
const jfif = segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]));
const icc = segment(0xe2, bytes('ICC_PROFILE\0', [1, 1], 'colours'));
const frame = segment(0xc0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
// Coded data with a stuffed FF, a restart mark and a fill byte before the next marker.
const scan = bytes(segment(0xda, bytes([1, 1, 0, 0, 63, 0])), [1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff]);
const photo = (orientation: number): Bytes =>
	bytes(
		[0xff, 0xd8],
		jfif,
		segment(0xe1, exif(orientation)),
		segment(0xe1, bytes('http://ns.adobe.com/xap/1.0/\0', place)),
		segment(0xe2, bytes('MPF\0', place)),
		icc,
		segment(0xed, bytes('Photoshop 3.0\0', place)),
		segment(0xfe, bytes(place)),
		frame,
		scan,
		scan,
		[0xff, 0xd9],
		bytes([0xff, 0xd8], segment(0xe1, exif(1)), [0xff, 0xd9])
	);

test('of a photo stay its pixels, colours and which way is up; place, time and what comes behind go', () => {
	const before = photo(6);
	expect(holds(before, place)).toBe(true);
	const after = stripMetadata(before, 'image/jpeg')!;
	expect(after).toEqual(
		bytes([0xff, 0xd8], orientationSegment(6), jfif, icc, frame, scan, scan, [0xff, 0xd9])
	);
	expect(holds(after, 'GPS')).toBe(false);
	expect(orientationOf(orientationSegment(6).subarray(4))).toBe(6);
	expect(stripMetadata(after, 'image/jpeg')).toEqual(after);
});

test('a photo that says nothing is not changed; one that breaks off is none', () => {
	const plain = bytes([0xff, 0xd8], jfif, frame, scan, [0xff, 0xd9]);
	expect(stripMetadata(plain, 'image/jpeg')).toEqual(plain);
	for (let length = 3; length < plain.length; length++) {
		expect(stripMetadata(plain.slice(0, length), 'image/jpeg')).toBeNull();
	}
});

test('whatever an Exif block says, reading it ends', () => {
	expect(orientationOf(bytes('Exif\0\0'))).toBeNull();
	expect(orientationOf(exif(9).slice(0, 20))).toBeNull();
	expect(orientationOf(exif(9))).toBeNull();
	const far = exif(3);
	far.set([0xff, 0xff, 0xff, 0xff], 10);
	expect(orientationOf(far)).toBeNull();
	const many = exif(3);
	many.set([0xff, 0xff], 14);
	many.set([0, 0], 28);
	expect(orientationOf(many)).toBeNull();
});

const chunk = (kind: string, data: Uint8Array): Bytes => {
	const size = new Uint8Array(4);
	new DataView(size.buffer).setUint32(0, data.length);
	return bytes(size, kind, data, [1, 2, 3, 4]);
};

test('of a PNG stay the chunks that a picture is made of', () => {
	const signature = bytes([0x89], 'PNG\r\n', [0x1a], '\n');
	const header = chunk('IHDR', bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
	const pixels = chunk('IDAT', deflateSync(bytes([0, 0])));
	const end = chunk('IEND', bytes());
	const file = bytes(
		signature,
		header,
		chunk('tEXt', bytes(place)),
		chunk('sRGB', bytes([0])),
		chunk('eXIf', bytes(place)),
		chunk('iTXt', bytes(place)),
		chunk('tIME', bytes(place)),
		chunk('prVt', bytes(place)),
		pixels,
		end,
		place
	);
	const after = stripMetadata(file, 'image/png')!;
	expect(after).toEqual(bytes(signature, header, chunk('sRGB', bytes([0])), pixels, end));
	expect(stripMetadata(file.slice(0, 60), 'image/png')).toBeNull();
	expect(stripMetadata(bytes(signature), 'image/png')).toBeNull();
});

const little = (value: number): number[] => [
	value & 255,
	(value >> 8) & 255,
	(value >> 16) & 255,
	value >> 24
];
const webp = (...chunks: [string, Uint8Array][]): Bytes => {
	const body = bytes(
		...chunks.map(([kind, data]) => bytes(kind, little(data.length), data, data.length % 2 ? [0] : []))
	);
	return bytes('RIFF', little(body.length + 4), 'WEBP', body);
};

test('a WebP loses its Exif and XMP, and says so no more', () => {
	const header = (flags: number) => bytes([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
	const picture = bytes('coded');
	const file = webp(
		['VP8X', header(0b0010_1110)],
		['VP8 ', picture],
		['EXIF', bytes(place)],
		['XMP ', bytes(place)]
	);
	expect(stripMetadata(file, 'image/webp')).toEqual(webp(['VP8X', header(0b0010_0010)], ['VP8 ', picture]));
	expect(stripMetadata(file.slice(0, 40), 'image/webp')).toBeNull();
});

test('a file is what its first bytes say', () => {
	expect(receiptTypeOf(photo(1))).toBe('image/jpeg');
	expect(receiptTypeOf(bytes('GIF89a', [0]))).toBe('image/gif');
	expect(receiptTypeOf(webp(['VP8 ', bytes('x')]))).toBe('image/webp');
	expect(receiptTypeOf(bytes('%PDF-1.7'))).toBe('application/pdf');
	for (const other of ['<svg onload="alert(1)">', '<html>', 'RIFF    WAVE', 'MZ', '', ' %PDF-']) {
		expect(receiptTypeOf(bytes(other))).toBeNull();
	}
});
