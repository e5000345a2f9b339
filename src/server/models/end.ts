/** How a training ends without a model. */
import { trainingStatuses } from '#lib/models.ts';
import type { App } from '../app.ts';
import { afterCommit, inTx, type ModelVersion, type Tx } from '../db/client.ts';
import { DomainError, notFound, type ErrorParams } from '../errors.ts';
import type { Live } from '../realtime/live.ts';
import { progressOf } from './view.ts';

const whileTraining = { in: [...trainingStatuses] };

/**
 * Stops a training; its thread ends within a second, wherever it runs. Errors: NOT_FOUND, CONFLICT (`training_ended`).
 */
export const cancelTraining = ({ db, live }: Pick<App, 'db' | 'live'>, id: string): Promise<ModelVersion> =>
	inTx(db, async (tx) => {
		if (!(await tx.modelVersion.findUnique({ where: { id }, select: { id: true } }))) throw notFound();
		const [cancelled] = await tx.modelVersion.updateManyAndReturn({
			where: { id, status: whileTraining },
			data: { status: 'cancelled', slot: null, runId: null, finishedAt: new Date() }
		});
		if (!cancelled) throw new DomainError('CONFLICT', 'training_ended');
		afterCommit(tx, () => live.toAdmins('model:progress', progressOf(cancelled)));
		return cancelled;
	});

/** Says why there is no model, in the caller's transaction. Does nothing to a training that another attempt than `runId` holds. */
export async function failTraining(
	tx: Tx,
	live: Live,
	id: string,
	{ reason, params }: { reason: string; params: ErrorParams },
	runId?: string
): Promise<void> {
	const [failed] = await tx.modelVersion.updateManyAndReturn({
		where: { id, status: whileTraining, ...(runId && { runId }) },
		data: {
			...{ status: 'failed', slot: null, finishedAt: new Date() },
			...{ errorCode: reason, errorParams: params }
		}
	});
	if (failed) afterCommit(tx, () => live.toAdmins('model:progress', progressOf(failed)));
}
