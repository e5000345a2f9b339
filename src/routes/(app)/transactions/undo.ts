/** Takes back at the server what was said of categories. */
import { api, type Inputs, type Outputs } from '#lib/trpc.ts';

export type Undoing = Inputs['transactions']['undo'];
type Guess = Outputs['transactions']['undo']['guesses'][number];

/** As many as the server takes at once. */
const rowsAtOnce = 1000;

/** Answers with how many are as they were, and with what the categories are now. */
export async function undoCategories({
	rows,
	apart,
	...said
}: Undoing): Promise<{ changed: number; guesses: Guess[] }> {
	let changed = 0;
	const guesses: Guess[] = [];
	for (let at = 0; at < rows.length; at += rowsAtOnce) {
		const some = rows.slice(at, at + rowsAtOnce);
		const ids = new Set(some.map(({ id }) => id));
		const theirs = apart.filter(({ outId, inId }) => ids.has(outId) || ids.has(inId));
		const undone = await api().transactions.undo.mutate({ ...said, rows: some, apart: theirs });
		changed += undone.changed;
		guesses.push(...undone.guesses);
	}
	return { changed, guesses };
}
