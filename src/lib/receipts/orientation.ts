/** Which way is up in a photo, as cameras write it. Source: CIPA DC-008 (Exif 2.32), TIFF 6.0. */

const exifName = 'Exif\0\0';
const orientationTag = 0x0112;
const shortType = 3;

/** The orientation (1 to 8) in the payload of a JPEG's APP1 segment; null when it says none. */
export function orientationOf(payload: Uint8Array): number | null {
	if (String.fromCharCode(...payload.subarray(0, 6)) !== exifName) return null;
	const tiff = payload.subarray(6);
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
	if (tiff.length < 14) return null;
	const little = view.getUint16(0) === 0x4949;
	const directory = view.getUint32(4, little);
	if (directory + 2 > tiff.length) return null;
	const count = view.getUint16(directory, little);
	for (let n = 0; n < count; n++) {
		const entry = directory + 2 + n * 12;
		if (entry + 12 > tiff.length) return null;
		if (view.getUint16(entry, little) !== orientationTag) continue;
		const value = view.getUint16(entry + 8, little);
		return value >= 1 && value <= 8 ? value : null;
	}
	return null;
}

/** An APP1 segment that says the orientation and nothing else. */
export function orientationSegment(orientation: number): Uint8Array {
	const segment = new Uint8Array(36);
	const view = new DataView(segment.buffer);
	view.setUint16(0, 0xffe1);
	view.setUint16(2, segment.length - 2);
	segment.set(
		[...exifName].map((letter) => letter.charCodeAt(0)),
		4
	);
	view.setUint16(10, 0x4d4d); // big endian
	view.setUint16(12, 42);
	view.setUint32(14, 8); // the directory follows
	view.setUint16(18, 1); // one entry
	view.setUint16(20, orientationTag);
	view.setUint16(22, shortType);
	view.setUint32(24, 1);
	view.setUint16(28, orientation);
	return segment;
}
