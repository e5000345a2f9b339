import type { PgBoss } from 'pg-boss';
import { inTx, type Db } from '../db/client.ts';
import { enqueue } from '../outbox.ts';
import { DEAD_LETTERS } from './boss.ts';
import { isQueueName, type QueueName, type Queues } from './queues.ts';
import { errorText } from './workers.ts';

/** A job whose attempts are spent. */
export type DeadLetter = {
	id: string;
	queue: QueueName;
	payload: Queues[QueueName];
	error: string;
	attempts: number;
	/** When the job was made, and when its last attempt failed. */
	createdAt: Date;
	failedAt: Date;
};

const LISTED = 1000;

/** Dead letters, oldest first, {@link LISTED} at most. */
export async function listDeadLetters(boss: PgBoss): Promise<DeadLetter[]> {
	const jobs = await boss.findJobs<Queues[QueueName]>(DEAD_LETTERS, { limit: LISTED });
	return jobs.flatMap((job) => {
		if (job.sourceName === null || !isQueueName(job.sourceName)) return [];
		return {
			id: job.id,
			queue: job.sourceName,
			payload: job.data,
			error: errorText(job.sourceOutput),
			attempts: (job.sourceRetryCount ?? 0) + 1,
			createdAt: job.sourceCreatedOn ?? job.createdOn,
			failedAt: job.createdOn
		};
	});
}

/** Promises the work of a dead letter anew, as a new job, and removes the letter. False when there is no such letter. */
export async function redriveDeadLetter(db: Db, boss: PgBoss, id: string): Promise<boolean> {
	const letter = (await listDeadLetters(boss)).find((candidate) => candidate.id === id);
	if (!letter) return false;
	await inTx(db, (tx) => enqueue(tx, letter.queue, letter.payload));
	await boss.deleteJob(DEAD_LETTERS, id);
	return true;
}
