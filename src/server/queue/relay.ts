import type { PgBoss } from 'pg-boss';
import type { Db } from '../db/client.ts';
import { onEnqueue } from '../outbox.ts';
import { queueNames } from './queues.ts';

const BATCH = 200;
// Only for what a kick cannot reach: rows written by a process that has no queue, or died before its kick.
const LOOK_EVERY_MS = 2000;

/** Hands outbox rows to the queue. Doing it twice is harmless: the queue keeps the first job of an id. */
export type Relay = { kick: () => void; stop: () => Promise<void> };

/** Starts handing over, beginning with every row there is: the queue may have lost them. */
export async function startRelay(db: Db, boss: PgBoss, onError: (error: unknown) => void): Promise<Relay> {
	let running: Promise<void> | undefined;
	let again = false;
	let stopped = false;

	const kick = (): void => {
		if (stopped) return;
		again = true;
		running ??= drainWhileAsked().finally(() => (running = undefined));
	};
	const drainWhileAsked = async (): Promise<void> => {
		while (again && !stopped) {
			again = false;
			try {
				while (!stopped && (await handOver(db, boss)) === BATCH);
			} catch (error) {
				onError(error); // the next look tries again
			}
		}
	};

	await db.outbox.updateMany({ data: { sentAt: null } });
	const forget = onEnqueue(db, kick);
	const timer = setInterval(kick, LOOK_EVERY_MS);
	kick();
	return {
		kick,
		stop: async () => {
			stopped = true;
			forget();
			clearInterval(timer);
			await running;
		}
	};
}

/** One batch, oldest first. Returns how many rows it had. */
async function handOver(db: Db, boss: PgBoss): Promise<number> {
	const rows = await db.outbox.findMany({
		where: { sentAt: null, queue: { in: queueNames } },
		orderBy: { id: 'asc' },
		take: BATCH
	});
	for (const [queue, jobs] of Map.groupBy(rows, (row) => row.queue)) {
		await boss.insert(
			queue,
			jobs.map(({ id, payload, dueAt }) => ({
				id,
				data: payload as object,
				...(dueAt && { startAfter: dueAt }),
				...groupOf(payload)
			}))
		);
	}
	if (rows.length > 0) {
		await db.outbox.updateMany({
			where: { id: { in: rows.map((row) => row.id) } },
			data: { sentAt: new Date() }
		});
	}
	return rows.length;
}

/** Jobs of one person belong together, for queues that run only some of them at once. */
function groupOf(payload: unknown): { group?: { id: string } } {
	const { userId } = payload as { userId?: string };
	return userId === undefined ? {} : { group: { id: userId } };
}
