import { v7 } from 'uuid';
import { z } from 'zod';
import type { App } from '../app.ts';
import { afterCommit, inTx, type ModelVersion } from '../db/client.ts';
import { isUniqueViolation } from '../db/errors.ts';
import { DomainError } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { actAsAdmin } from '../users/act-as-admin.ts';
import { progressOf } from './view.ts';

export const newTraining = z.object({
	/** Also on what people who agree have chosen for their own transactions. */
	corrections: z.boolean().default(true)
});

/**
 * Promises a training and returns its version. There is one at a time in the whole instance, which the database sees to: `slot`
 * is unique. Errors: CONFLICT (`training_running`, with who began it and when, and its id as `current`).
 */
export async function startTraining(
	{ db, live, queue }: Pick<App, 'db' | 'live' | 'queue'>,
	adminId: string,
	{ corrections }: z.output<typeof newTraining>
): Promise<ModelVersion> {
	try {
		const begun = await inTx(db, async (tx) => {
			await actAsAdmin(tx, adminId);
			const version = await tx.modelVersion.create({
				data: { id: v7(), slot: 1, corrections, createdById: adminId }
			});
			await enqueue(tx, 'model-train', { versionId: version.id });
			afterCommit(tx, () => live.toAdmins('model:progress', progressOf(version)));
			return version;
		});
		queue.kick();
		return begun;
	} catch (error) {
		if (!isUniqueViolation(error, 'ModelVersion', ['slot'])) throw error;
		throw await alreadyRunning(db);
	}
}

async function alreadyRunning(db: App['db']): Promise<DomainError> {
	const running = await db.modelVersion.findUnique({ where: { slot: 1 } });
	const who = running && (await db.user.findUnique({ where: { id: running.createdById } }));
	return new DomainError('CONFLICT', 'training_running', {
		params: { name: who?.name ?? '', since: running?.createdAt.toISOString() ?? '' },
		current: running && { id: running.id, status: running.status, createdAt: running.createdAt.toISOString() }
	});
}
