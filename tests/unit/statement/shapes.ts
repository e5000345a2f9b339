/** The layout of an export with invented rows: what must come out, or that it must ask. */
export type Shape = {
	name: string;
	text: string;
	/** Code page of the file; UTF-8 when absent. */
	encoding?: string;
	defaultCurrency?: string;
	/** "date amount currency beginning of description", every row in file order. */
	rows?: string[];
	/** True where the content does not tell, so that a question is the right answer. */
	asks?: true;
};

const tables = new Map<string, Map<string, number>>();

/** Encodes text in a single-byte code page, from what TextDecoder says of it. Letters it lacks throw. */
export function encode(text: string, encoding = 'utf-8'): Uint8Array {
	if (encoding === 'utf-8') return new TextEncoder().encode(text);
	if (encoding === 'utf-16le') {
		return Uint8Array.from([
			0xff,
			0xfe,
			...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])
		]);
	}
	let table = tables.get(encoding);
	if (!table) {
		const decoder = new TextDecoder(encoding);
		table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
		tables.set(encoding, table);
	}
	return Uint8Array.from([...text], (c) => {
		const byte = table.get(c);
		if (byte === undefined) throw new Error(`${encoding} has no ${c}`);
		return byte;
	});
}
