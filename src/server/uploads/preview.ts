import type { Detection, Mapping } from '#lib/statement/types.ts';
import { isWaiting } from '#lib/uploads.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { uploadBytes } from './file.ts';
import { findUpload } from './find.ts';
import { detectStatement } from './reader.ts';

/**
 * How a waiting upload would be read under another mapping; nothing is kept.
 * Errors: NOT_FOUND, CONFLICT (`upload_not_waiting`), INVALID (the file cannot be read that way).
 */
export async function previewUpload(
	{ db }: Pick<App, 'db'>,
	userId: string,
	id: string,
	mapping: Mapping
): Promise<Detection> {
	const upload = await findUpload(db, userId, id);
	const bytes = isWaiting(upload.status) ? await uploadBytes(db, id) : null;
	if (!bytes) throw new DomainError('CONFLICT', 'upload_not_waiting');
	const defaultCurrency = mapping.currency ?? 'EUR';
	return detectStatement(bytes, { defaultCurrency, said: mapping });
}
