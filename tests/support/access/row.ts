/** How a row of the access matrix is written. */
import type { Household, Spares } from './household.ts';
import type { Level } from './levels.ts';

export type Row = {
	level: Level;
	input?: (hers: Household, spare: Spares) => unknown;
	own: readonly string[];
	foreign: readonly string[];
	/** The input has the id of something of the owner's. */
	namesHers?: true;
};

type Input = NonNullable<Row['input']>;
type Answer = string | readonly string[];
const list = (answer: Answer): readonly string[] => [answer].flat();

/** Names something of the owner's: to anybody else there is no such thing. */
export const ofHers = (
	level: Level,
	input: Input,
	foreign: Answer = 'not_found',
	own: Answer = 'ok'
): Row => ({
	...{ level, input, namesHers: true },
	own: list(own),
	foreign: list(foreign)
});

/** Names nothing: whoever is let in gets what is theirs, and the answer is searched for what is hers. */
export const ofOnesOwn = (level: Level, input?: Input, own: Answer = 'ok', foreign: Answer = own): Row => ({
	...{ level, ...(input && { input }) },
	own: list(own),
	foreign: list(foreign)
});
