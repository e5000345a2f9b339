/** Every queue with what its jobs carry. Payloads are ids or as little: the truth is in the database. */
export type Queues = {
	'import-run': { uploadId: string };
	'upload-purge': { uploadId: string };
	/** Whose transfers to look at again: all around an account's transactions, or only halves that are alone. */
	'transfers-find': { userId: string; accountId?: string };
	'mail-send': { mailId: string };
	/** Writes the mail of a delivery; `mail-send` sends it. */
	'alert-mail': DueDelivery;
	'webhook-send': DueDelivery;
	/** Whose spending has moved; nobody's, when it is time to look at all budgets. */
	'budget-check': { userId?: string; groupId?: string };
	/** The address as it was asked for: nobody may have looked whether it is anybody's. */
	'password-reset': { email: string };
	'expense-schedules': Record<string, never>;
	/** Who has asked for one out of turn; nobody, when it is time to look whose is due. */
	'monthly-report': { userId?: string };
	'model-train': { versionId: string };
	'export-write': { exportId: string; userId: string };
	'account-purge': { userId: string };
	'backup-nightly': Record<string, never>;
	housekeeping: Record<string, never>;
};

/** `dueAt` (ISO text) is the time it was promised for: by then it may have been put off. */
export type DueDelivery = { deliveryId: string; userId: string; dueAt: string };

export type QueueName = keyof Queues;

/** How a queue treats its jobs. Times are in seconds. */
export type QueueSettings = {
	/** Attempts after the first one; then the job is a dead letter. */
	retryLimit: number;
	/** Pause before the second attempt; each further one is about twice as long. */
	retryDelay: number;
	/** The longest pause between two attempts. */
	retryDelayMax: number;
	/** How long one attempt may take. */
	expire: number;
	/** Without a sign of life for so long, the process is taken for dead and the job is given to another. At least 10. */
	heartbeat: number;
	/** Jobs at the same time in one process. */
	concurrency: number;
	/** Of those so many for the person that the payload names, so that others get their turn. */
	perPerson?: number;
};

const usual: QueueSettings = {
	retryLimit: 5,
	retryDelay: 2,
	retryDelayMax: 300,
	expire: 300,
	heartbeat: 30,
	concurrency: 2
};

export const queueSettings: { readonly [Q in QueueName]: QueueSettings } = {
	'import-run': { ...usual, expire: 1800, concurrency: 1 },
	'upload-purge': usual,
	'transfers-find': usual,
	// A mail server may be away for an hour, or ask to be asked again later.
	'mail-send': { ...usual, retryLimit: 10, retryDelay: 10, retryDelayMax: 3600 },
	'alert-mail': { ...usual, retryLimit: 10 },
	// Only our own mishaps count here: what the far side answers has a table of its own (#lib/alerts/retries.ts). All that such
	// a job does is wait, with a body of 16 KB at most: who has endpoints that hang waits for them, and nobody else.
	'webhook-send': { ...usual, retryLimit: 10, concurrency: 16, perPerson: 2 },
	'budget-check': usual,
	'password-reset': usual,
	'expense-schedules': { ...usual, expire: 1800, concurrency: 1 },
	// One at a time: each has a thread write its PDF.
	'monthly-report': { ...usual, expire: 1800, concurrency: 1 },
	// A training begins anew with each attempt.
	'model-train': { ...usual, retryLimit: 3, expire: 3600, concurrency: 1 },
	// So does an export.
	'export-write': { ...usual, retryLimit: 3, expire: 1800, perPerson: 1 },
	'account-purge': { ...usual, expire: 1800 },
	'backup-nightly': {
		...usual,
		retryLimit: 2,
		retryDelay: 600,
		retryDelayMax: 3600,
		expire: 3600,
		concurrency: 1
	},
	housekeeping: { ...usual, concurrency: 1 }
};

export const queueNames = Object.keys(queueSettings) as QueueName[];
export const isQueueName = (name: string): name is QueueName => name in queueSettings;
