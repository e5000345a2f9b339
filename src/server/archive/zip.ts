import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive: `bytes` are kept as they are, `texts` are compressed while they come. `/` stands between folders. */
export type Entry = { name: string } & ({ bytes: Uint8Array } | { texts: AsyncIterable<string> });

/**
 * A ZIP archive of files in the order in which they come, piece by piece. The next file is not asked for before the one before has
 * been read, and nothing is read far ahead of whoever takes the pieces. `madeAt` is the date of all. Compressing happens beside
 * the main thread. Errors: those of the entries.
 */
export async function* zipped(
	entries: AsyncIterable<Entry>,
	madeAt: Date
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
	const zip = new ZipFile();
	const out = zip.outputStream as Readable;
	let content: Readable | undefined;
	const fill = async (): Promise<void> => {
		for await (const entry of entries) {
			if (out.destroyed) return; // nobody takes it any more
			const isText = 'texts' in entry;
			content = Readable.from(isText ? entry.texts : [entry.bytes], { highWaterMark: 1 });
			zip.addReadStream(content, entry.name, { mtime: madeAt, compress: isText });
			await finished(content);
		}
		zip.end();
	};
	// What goes wrong with a content comes from `fill` too.
	zip.on('error', () => undefined);
	const filled = fill().catch((error: Error) => void out.destroy(error));
	try {
		for await (const piece of out) yield piece as Uint8Array<ArrayBuffer>;
	} finally {
		content?.destroy();
		await filled;
	}
}
