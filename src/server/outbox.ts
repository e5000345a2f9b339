/**
 * Work that a transaction promises. The row is written with the data it belongs to and lives until the work is done, so the
 * queue may lose everything: whatever is left in the outbox is handed to it again, under the same id.
 */
import { v7 } from 'uuid';
import { afterCommit, clientOf, type Db, type Tx } from './db/client.ts';
import type { QueueName, Queues } from './queue/queues.ts';

const relays = new WeakMap<Db, Set<() => void>>();

/** Calls `kick` after every commit that promised work through this client. Returns how to stop that. */
export function onEnqueue(db: Db, kick: () => void): () => void {
	const kicks = relays.get(db) ?? new Set();
	relays.set(db, kicks.add(kick));
	return () => kicks.delete(kick);
}

/**
 * Promises work as part of the transaction; it is handed over right after the commit, to be done at once or, with `dueAt`,
 * not before. Returns the id of the job.
 */
export async function enqueue<Q extends QueueName>(
	tx: Tx,
	queue: Q,
	payload: Queues[Q],
	{ id = v7(), dueAt }: { id?: string; dueAt?: Date } = {}
): Promise<string> {
	await tx.outbox.create({ data: { id, queue, payload, dueAt: dueAt ?? null } });
	const db = clientOf(tx);
	afterCommit(tx, () => relays.get(db)?.forEach((kick) => kick()));
	return id;
}

/**
 * Says that a job's effects are being applied by this transaction; call it in the job's last one. False means that another
 * attempt has applied them (this one was thought dead, or was called twice): then change nothing.
 */
export async function claimDone(tx: Tx, id: string): Promise<boolean> {
	const { count } = await tx.outbox.deleteMany({ where: { id } });
	return count === 1;
}
