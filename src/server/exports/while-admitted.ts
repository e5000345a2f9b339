import { admit, type Access } from '../auth/access.ts';
import type { Identity } from '../auth/identify.ts';

const askEveryMs = 400;

/**
 * The same pieces, for as long as whoever asked for them is still let in: a long download ends within a second of what let it
 * begin. `again` says who it is by now. Errors: those of `admit`, in between.
 */
export async function* whileAdmitted<Piece>(
	pieces: AsyncGenerator<Piece, void, undefined>,
	again: () => Promise<Identity | null>,
	access: Access
): AsyncGenerator<Piece, void, undefined> {
	let asked = performance.now();
	for await (const piece of pieces) {
		if (performance.now() - asked > askEveryMs) {
			admit(await again(), access);
			asked = performance.now();
		}
		yield piece;
	}
}
