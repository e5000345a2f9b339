import { v7 } from 'uuid';
import { DomainError } from '../errors.ts';
import type { Log } from '../log.ts';

/** Whoever takes nothing for so long is gone: what makes the file is needed by others. */
const patienceMs = 120_000;

/**
 * A file that is sent while it is made, as fast as it is taken. Waits for the first piece: what is refused is then an answer with
 * its reason, and not a file. What breaks later breaks the connection off, so that nobody takes half a file for a whole one.
 * `name` is to be plain ASCII without quotes, `size` what all pieces come to, where that is known.
 */
export async function download(
	pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>,
	{ name, type, size }: { name: string; type: string; size?: number },
	log: Log
): Promise<Response> {
	let next = await pieces.next();
	let timer: NodeJS.Timeout | undefined;
	const body = new ReadableStream<Uint8Array>({
		async pull(stream) {
			clearTimeout(timer);
			if (next.done) return stream.close();
			stream.enqueue(next.value);
			try {
				next = await pieces.next();
				timer = setTimeout(() => {
					log.info({ name }, 'a download was not taken');
					stream.error(new Error('the download was not taken'));
					void pieces.return();
				}, patienceMs).unref();
			} catch (error) {
				if (error instanceof DomainError) log.info({ reason: error.reason, name }, 'a download was ended');
				else log.error({ err: error, errorId: v7(), name }, 'a download broke off');
				stream.error(error);
			}
		},
		async cancel() {
			clearTimeout(timer);
			await pieces.return();
		}
	});
	return new Response(body, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			...(size !== undefined && { 'content-length': String(size) }),
			'cache-control': 'no-store'
		}
	});
}
