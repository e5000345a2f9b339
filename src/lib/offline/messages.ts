/** What pages and the service worker tell each other. */

export type ToWorker =
	/** Keep these pages of ours, and the files that all pages need. */
	| { type: 'keep'; paths: string[] }
	/** Was this page itself kept? */
	| { type: 'how' };

export type FromWorker =
	/** Something was answered: from the network (null), or as it was then (ISO). */
	{ type: 'answered'; keptAt: string | null };
