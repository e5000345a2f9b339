import type { Detection, Mapping } from '#lib/statement/types.ts';
import { isWaiting } from '#lib/uploads.ts';
import type { App } from '../app.ts';
import { inTx, type Upload } from '../db/client.ts';
import { DomainError, notFound } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { findUpload } from './find.ts';

/**
 * Starts the import of an upload that waits for a person, with their mapping and account where they gave them. The mapping is
 * remembered for files with the same header. Errors: NOT_FOUND, CONFLICT (`upload_not_waiting`), INVALID (`mapping_needed`: the
 * file leaves a question open and only a mapping answers it).
 */
export async function commitUpload(
	{ db, queue }: Pick<App, 'db' | 'queue'>,
	userId: string,
	{ id, mapping, accountId }: { id: string; mapping?: Mapping | undefined; accountId?: string | undefined }
): Promise<Upload> {
	const committed = await inTx(db, async (tx) => {
		const upload = await findUpload(tx, userId, id);
		if (accountId && !(await tx.account.findFirst({ where: { id: accountId, userId } }))) throw notFound();
		const [queued] = isWaiting(upload.status)
			? await tx.upload.updateManyAndReturn({
					where: { id, status: upload.status },
					data: {
						status: 'queued',
						wantPreview: false,
						mapping: mapping ?? upload.mapping ?? undefined,
						...(accountId && { accountId })
					}
				})
			: [];
		if (!queued) throw new DomainError('CONFLICT', 'upload_not_waiting');
		const { headerKey, questions } = upload.detection as Detection;
		if (!mapping && questions.length > 0) {
			throw new DomainError('INVALID', 'mapping_needed', { params: { questions: questions.join(', ') } });
		}
		if (mapping) {
			await tx.statementFormat.upsert({
				where: { userId_headerKey: { userId, headerKey } },
				create: { userId, headerKey, mapping, accountId: accountId ?? null },
				update: { mapping, ...(accountId && { accountId }) }
			});
		}
		await enqueue(tx, 'import-run', { uploadId: id });
		return queued;
	});
	queue.kick();
	return committed;
}
