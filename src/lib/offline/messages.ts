/** What pages and the service worker tell each other. */

export type ToWorker =
	/** Keep these pages of ours, and the files that all pages need; of the fonts, those that are used. */
	| { type: 'keep'; paths: string[]; fonts: string[] }
	/** Was this page itself kept? */
	| { type: 'how' };

export type FromWorker =
	/** Something was answered: from the network (null), or as it was then (ISO). */
	{ type: 'answered'; keptAt: string | null };
