import { admit, type Access } from '../auth/access.ts';
import type { Identity } from '../auth/identify.ts';

const askEveryMs = 400;

/**
 * The same pieces, for as long as whoever asked for them is still let in: a long download ends within a second of what let it
 * begin; but a proof that was fresh then may grow old. `again` says who it is by now. Errors: those of `admit`, in between.
 */
export async function* whileAdmitted<Piece>(
	pieces: AsyncGenerator<Piece, void, undefined>,
	again: () => Promise<Identity | null>,
	access: Access
): AsyncGenerator<Piece, void, undefined> {
	const lasting = { ...access };
	delete lasting.stepUp;
	let asked = performance.now();
	for await (const piece of pieces) {
		if (performance.now() - asked > askEveryMs) {
			admit(await again(), lasting);
			asked = performance.now();
		}
		yield piece;
	}
}
