import { hash } from 'node:crypto';
import { v7 } from 'uuid';
import type { Mapping } from '#lib/statement/types.ts';
import { sniff } from '#lib/statement/sniff.ts';
import type { App } from '../app.ts';
import { inTx } from '../db/client.ts';
import { DomainError, notFound, type ErrorParams } from '../errors.ts';
import { enqueue } from '../outbox.ts';
import { chunkBytes, maxFileBytes, maxWaitingBytes } from './limits.ts';

export type NewUpload = {
	filename: string;
	bytes: Uint8Array;
	accountId?: string | undefined;
	/** How to read it, when the sender knows; otherwise the content tells. */
	mapping?: Mapping | undefined;
	/** Stop after reading and show what was understood. */
	preview: boolean;
};

/**
 * Keeps a statement and promises to read it; nothing is parsed here. Returns the upload's id.
 * Errors: TOO_LARGE, INVALID with HTTP 415 (not a statement) or 422 (empty), NOT_FOUND (the account).
 */
export async function startUpload(
	{ db, queue }: Pick<App, 'db' | 'queue'>,
	userId: string,
	{ filename, bytes, accountId, mapping, preview }: NewUpload
): Promise<string> {
	if (bytes.length > maxFileBytes) {
		throw new DomainError('TOO_LARGE', 'file_too_large', { params: { megabytes: maxFileBytes / 1024 ** 2 } });
	}
	const seen = sniff(bytes);
	if (!seen.ok) {
		const params: ErrorParams = 'format' in seen ? { format: seen.format.toUpperCase() } : {};
		throw new DomainError('INVALID', `file_${seen.code}`, {
			status: seen.code === 'empty' ? 422 : 415,
			params
		});
	}
	const id = v7();
	const sha256 = hash('sha256', bytes, 'hex');
	await inTx(db, async (tx) => {
		if (accountId && !(await tx.account.findFirst({ where: { id: accountId, userId } }))) throw notFound();
		const waiting = await tx.upload.aggregate({
			where: { userId, chunks: { some: {} } },
			_sum: { size: true }
		});
		if ((waiting._sum.size ?? 0) + bytes.length > maxWaitingBytes) {
			throw new DomainError('TOO_LARGE', 'too_much_waiting', {
				params: { megabytes: maxWaitingBytes / 1024 ** 2 }
			});
		}
		await tx.upload.create({
			data: {
				id,
				userId,
				accountId: accountId ?? null,
				filename: cleanFilename(filename),
				size: bytes.length,
				sha256,
				wantPreview: preview,
				...(mapping && { mapping })
			}
		});
		for (let seq = 0; seq * chunkBytes < bytes.length; seq++) {
			const piece = bytes.slice(seq * chunkBytes, (seq + 1) * chunkBytes);
			await tx.uploadChunk.create({ data: { uploadId: id, seq, bytes: piece } });
		}
		await enqueue(tx, 'import-run', { uploadId: id });
	});
	queue.kick();
	return id;
}

/** The name without folders or control characters; people see it, nothing else uses it. */
function cleanFilename(name: string): string {
	const last = name.split(/[/\\]/).at(-1) ?? '';
	const clean = last
		.replace(/\p{Cc}/gu, '')
		.toWellFormed()
		.trim();
	return clean.slice(0, 200) || 'statement';
}
