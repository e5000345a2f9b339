/** What a failed call says to the person who made it. */
import { m } from '#lib/paraglide/messages.js';
import { errorData } from '#lib/trpc.ts';

export type Problem = {
	/** In the person's language. */
	message: string;
	/** By field of the input, for what is wrong with that one; the message then only points there. */
	fields: Record<string, string>;
	/** Names the error: see `reason` in #lib/errors.ts. `unreachable` when the server did not answer. */
	reason: string;
};

/** The person chose not to go on, so there is nothing to tell them. */
export class Cancelled extends Error {}

/** Something that went wrong in the browser and not at the server; its message is in the person's language. */
export class LocalProblem extends Error {}

/** Turns what a call threw into words. Anything that is no answer of the server counts as it not answering. */
export function problemOf(error: unknown): Problem {
	if (error instanceof LocalProblem) return { message: error.message, fields: {}, reason: 'local' };
	const data = errorData(error);
	if (!data) return { message: m.error_unreachable(), fields: {}, reason: 'unreachable' };
	return { message: (error as Error).message, fields: data.fieldMessages ?? {}, reason: data.reason };
}
