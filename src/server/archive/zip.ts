/** ZIP archives as they are taken, piece by piece (PKWARE's APPNOTE): nothing of them is held but the list of what is in them. */
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import { DomainError } from '../errors.ts';

/**
 * A file of an archive: `bytes` are kept as they are, `texts` are compressed while they come. The name is plain ASCII with `/`
 * between folders.
 */
export type Entry = { name: string } & ({ bytes: Bytes } | { texts: AsyncIterable<string> });

/** What the list at the end says of a file. */
type Listed = Sums & { name: string; method: number; flags: number; offset: number };
type Sums = { crc: number; packed: number; size: number };
type Bytes = Uint8Array<ArrayBuffer>;

const stored = 0;
const compressed = 8;
/** The sums follow the file, because they were not known before. */
const sumsFollow = 0x08;
/** Beyond this a field of four bytes says nothing, and one of eight follows elsewhere (ZIP64). */
const most = 0xffff_ffff;
const mostFiles = 0xffff;
const level = 5;

/**
 * An archive of files in the order in which they come; the next is not asked for before the one before is whole, and nothing is
 * read ahead of whoever takes the pieces. `madeAt` is the date of all. Compressing happens beside the main thread.
 * Error: TOO_LARGE (`export_too_large`), for compressed texts of 4 GiB and more in one file.
 */
export async function* zipped(
	entries: AsyncIterable<Entry>,
	madeAt: Date
): AsyncGenerator<Bytes, void, undefined> {
	const list: Listed[] = [];
	let at = 0;
	const count = (bytes: Bytes): Bytes => {
		at += bytes.length;
		return bytes;
	};
	for await (const entry of entries) {
		const offset = at;
		if ('bytes' in entry) {
			const { name, bytes } = entry;
			const sums = { crc: crc32(bytes), packed: bytes.length, size: bytes.length };
			list.push({ name, ...sums, method: stored, flags: 0, offset });
			yield count(header(list.at(-1)!, madeAt));
			yield count(bytes);
		} else {
			const sums = { crc: 0, packed: 0, size: 0 };
			const listed = { name: entry.name, method: compressed, flags: sumsFollow, offset };
			yield count(header({ ...listed, ...sums }, madeAt));
			for await (const piece of deflated(entry.texts, sums)) yield count(piece);
			list.push({ ...listed, ...sums });
			yield count(fields('4 444', [0x0807_4b50, sums.crc, sums.packed, sums.size]));
		}
	}
	const begin = at;
	yield count(Buffer.concat(list.map((listed) => listing(listed, madeAt))));
	yield ending(list.length, begin, at - begin);
}

/** Counts into `sums` what goes in and comes out. */
async function* deflated(texts: AsyncIterable<string>, sums: Sums): AsyncGenerator<Bytes, void, undefined> {
	const deflate = createDeflateRaw({ level });
	let made: Buffer[] = [];
	deflate.on('data', (piece: Buffer) => made.push(piece));
	deflate.on('error', () => undefined); // it is thrown where it is waited for
	const takeMade = (): Bytes => {
		const bytes = Buffer.concat(made);
		made = [];
		sums.packed += bytes.length;
		return bytes;
	};
	try {
		for await (const text of texts) {
			const bytes = Buffer.from(text);
			sums.crc = crc32(bytes, sums.crc);
			sums.size += bytes.length;
			if (sums.size > most) throw new DomainError('TOO_LARGE', 'export_too_large');
			await new Promise<void>((resolve, reject) => {
				deflate.write(bytes, (error) => (error ? reject(error) : resolve()));
			});
			if (made.length > 0) yield takeMade();
		}
		const ended = once(deflate, 'end');
		deflate.end();
		await ended;
		yield takeMade();
	} finally {
		deflate.destroy();
	}
}

/** Stands before a file. */
function header({ name, method, flags, crc, packed, size }: Listed, madeAt: Date): Bytes {
	const sums = [crc, packed, size];
	const about = [0x0403_4b50, 20, flags, method, ...dosTime(madeAt), ...sums, name.length, 0];
	return Buffer.concat([fields('4 22222 444 22', about), Buffer.from(name, 'ascii')]);
}

/** What the list says of a file. */
function listing({ name, method, flags, offset, crc, packed, size }: Listed, madeAt: Date): Bytes {
	const isFar = offset >= most;
	const [version, shownOffset] = isFar ? [45, most] : [20, offset];
	const about = [0x0201_4b50, version, version, flags, method, ...dosTime(madeAt), crc, packed, size];
	// Without a remark, on the first disk, without attributes.
	const more = [name.length, isFar ? 12 : 0, 0, 0, 0, 0, shownOffset];
	return Buffer.concat([
		fields('4 222222 444 22222 44', [...about, ...more]),
		Buffer.from(name, 'ascii'),
		isFar ? fields('22 8', [1, 8, offset]) : fields('', [])
	]);
}

/** Where the list is: so many files, from `begin` on, `size` bytes long. */
function ending(files: number, begin: number, size: number): Bytes {
	const [shownFiles, shownBegin] = [Math.min(files, mostFiles), Math.min(begin, most)];
	const isLarge = shownFiles === mostFiles || shownBegin === most;
	const large = [0x0606_4b50, 44, 45, 45, 0, 0, files, files, size, begin];
	const whereThatIs = [0x0706_4b50, 0, begin + size, 1];
	return Buffer.concat([
		isLarge ? fields('4 8 22 44 8888 4 4 8 4', [...large, ...whereThatIs]) : fields('', []),
		fields('4 2222 44 2', [0x0605_4b50, 0, 0, shownFiles, shownFiles, size, shownBegin, 0])
	]);
}

/** Time and date in UTC, as MS-DOS wrote them: to two seconds, from 1980 on. */
const dosTime = (at: Date): [number, number] => [
	(at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
	((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
];

/** Numbers one after the other, of as many bytes as `lengths` says for each, the least byte first. */
function fields(lengths: string, values: readonly number[]): Bytes {
	const each = [...lengths.replaceAll(' ', '')].map(Number);
	const bytes = Buffer.alloc(each.reduce((sum, length) => sum + length, 0));
	let at = 0;
	for (const [place, length] of each.entries()) {
		const value = values[place]!;
		if (length === 8) bytes.writeBigUInt64LE(BigInt(value), at);
		else bytes.writeUIntLE(value, at, length);
		at += length;
	}
	return bytes;
}
