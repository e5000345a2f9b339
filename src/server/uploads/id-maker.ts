import { v7 } from 'uuid';

const idsAtOnce = 1024;

/** Makes UUIDv7 ids in rising order. Random bytes are fetched for many at once: one by one they cost more than the parsing. */
export function idMaker(): () => string {
	const pool = new Uint8Array(idsAtOnce * 16);
	let at = pool.length;
	let msecs = 0;
	let seq = 0;
	return () => {
		if (at === pool.length) {
			crypto.getRandomValues(pool);
			at = 0;
		}
		const now = Date.now();
		if (now > msecs) [msecs, seq] = [now, 0];
		else seq += 1;
		return v7({ msecs, seq, random: pool.subarray(at, (at += 16)) });
	};
}
