import { wideEncoding } from './charset.ts';
import { maxBytes } from './limits.ts';

/** Formats of statements that are recognised, so that people are told so, but not read. */
export type OtherFormat = 'ofx' | 'qif' | 'camt' | 'mt940' | 'xlsx' | 'xls';

export type Sniffed =
	| { ok: true; format: 'csv' }
	| { ok: false; code: 'empty' | 'too_large' | 'binary' }
	| { ok: false; code: 'format_not_supported'; format: OtherFormat };

/** Looks at the first bytes of a file, before anything is kept: a text that may be a table, or why it is not. */
export function sniff(bytes: Uint8Array): Sniffed {
	if (bytes.length > maxBytes) return { ok: false, code: 'too_large' };
	if (isBlank(bytes)) return { ok: false, code: 'empty' };
	const container = containerFormat(bytes);
	if (container === 'binary') return { ok: false, code: 'binary' };
	if (container) return { ok: false, code: 'format_not_supported', format: container };
	const wide = wideEncoding(bytes);
	if (!wide && isBinary(bytes)) return { ok: false, code: 'binary' };
	const format = textFormat(new TextDecoder(wide ?? 'utf-8').decode(bytes.subarray(0, 4096)));
	return format ? { ok: false, code: 'format_not_supported', format } : { ok: true, format: 'csv' };
}

function isBlank(bytes: Uint8Array): boolean {
	for (const b of bytes)
		if (b > 32 && b !== 0xef && b !== 0xbb && b !== 0xbf && b !== 0xff && b !== 0xfe) return false;
	return true;
}

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
	return head.every((b, i) => bytes[i] === b);
}

function containerFormat(bytes: Uint8Array): OtherFormat | 'binary' | null {
	if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
		const names = new TextDecoder('latin1').decode(bytes.subarray(0, 65_536));
		const names2 = new TextDecoder('latin1').decode(bytes.subarray(-65_536));
		return names.includes('xl/') || names2.includes('xl/') ? 'xlsx' : 'binary';
	}
	if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
	const pdf = startsWith(bytes, 0x25, 0x50, 0x44, 0x46);
	const image =
		startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
		startsWith(bytes, 0xff, 0xd8, 0xff) ||
		startsWith(bytes, 0x47, 0x49, 0x46, 0x38);
	const archive =
		startsWith(bytes, 0x1f, 0x8b) ||
		startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
		startsWith(bytes, 0x52, 0x61, 0x72, 0x21);
	return pdf || image || archive ? 'binary' : null;
}

/** NUL or many other control bytes: no text. */
function isBinary(bytes: Uint8Array): boolean {
	const head = bytes.subarray(0, 65_536);
	let control = 0;
	for (const b of head) {
		if (b === 0) return true;
		if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 26 && b !== 27) control++;
	}
	return control > head.length * 0.02 || bytes.includes(0);
}

function textFormat(head: string): OtherFormat | null {
	const text = head.replace(/^\ufeff/u, '').trimStart();
	if (/^OFXHEADER:|^<\?OFX|<OFX>/iu.test(text)) return 'ofx';
	if (/^!(?:Type|Account|Option|Clear):?/imu.test(text.slice(0, 400))) return 'qif';
	if (/^<\?xml|^<Document/iu.test(text)) return 'camt';
	if (/^(?:\{1:|:20:|:940:)/mu.test(text) && /^:(?:25|28C?|60[FM]|61):/mu.test(text)) return 'mt940';
	return null;
}
