import type { Readable } from 'node:stream';
import type { App } from '../app.ts';
import { admit } from '../auth/access.ts';
import type { Identity } from '../auth/identify.ts';
import { DomainError, notFound } from '../errors.ts';
import { askedFile, type ExportFile } from '../exports/asked.ts';
import { openExport } from './files.ts';
import { findExport } from './find.ts';

/** Only a session has exports; a file is of no token's. */
export const readAccess = { scopes: [] } as const;

/**
 * The file of an export that is done, for the session that asked for it. Errors: NOT_FOUND, also where somebody else may not see any
 * more what it is of; UNAVAILABLE (`export_file_gone`).
 */
export async function readExport(
	{ config, db }: Pick<App, 'config' | 'db'>,
	identity: Identity | null,
	id: string
): Promise<ExportFile & { size: number }> {
	const { by, user } = admit(identity, readAccess);
	if (by.kind !== 'session') throw notFound();
	const row = await findExport(db, by.session, id);
	if (row.status !== 'done') throw notFound();
	await requireStill(askedFile(db, user, row.file, new URLSearchParams(row.query)));
	const file = await openExport(config, id);
	if (!file) throw new DomainError('UNAVAILABLE', 'export_file_gone');
	return {
		...{ name: row.filename, type: row.type, size: Number(row.size) },
		pieces: pieces(file.createReadStream({ highWaterMark: pieceBytes }))
	};
}

const pieceBytes = 256 * 1024;

/** Somebody who was in a group when it was written, and is not any more, is told what a stranger is. What else has changed since is no matter. */
async function requireStill(asking: Promise<unknown>): Promise<void> {
	try {
		await asking;
	} catch (error) {
		if (!(error instanceof DomainError) || error.code === 'NOT_FOUND') throw error;
	}
}

async function* pieces(stream: Readable): ExportFile['pieces'] {
	for await (const piece of stream) yield piece as Uint8Array<ArrayBuffer>;
}
