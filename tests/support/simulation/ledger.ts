/** What the clients of one seed have meant to do, to be held against what the server has done. */
import type { ActivityKind } from '#lib/groups/activity.ts';

export type Intent = {
	/** The line it leaves in the group's log, if it changes anything, is of one of these kinds and about this. */
	kinds: readonly ActivityKind[];
	subject: string;
	/** The server has said yes. */
	done: boolean;
	/** How often it was sent, where that counts. */
	tries: number;
	/** What an update adds to the notes of the expense, so that one that is lost or overwritten is missed there. */
	mark?: string;
	commentId?: string;
};

export type Ledger = {
	intents: readonly Intent[];
	/** In words, for whoever looks into a seed that fails. */
	story: string[];
	refused: number;
	conflicts: number;
	intend: (
		kinds: ActivityKind | readonly ActivityKind[],
		subject: string,
		more?: Pick<Intent, 'mark' | 'commentId'>
	) => Intent;
};

export function newLedger(): Ledger {
	const intents: Intent[] = [];
	return {
		intents,
		story: [],
		refused: 0,
		conflicts: 0,
		intend(kinds, subject, more = {}) {
			const intent = { kinds: [kinds].flat(), subject, done: false, tries: 0, ...more };
			intents.push(intent);
			return intent;
		}
	};
}
